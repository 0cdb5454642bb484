/** Words, dates and numbers as the user has chosen them in Home Assistant. */

import { beforeEach, describe, expect, it } from "vitest";
import { day, loadStrings, number, plural, signed, t, time } from "../src/strings";
import type { Hass, Locale } from "../src/types";

const ENGLISH: Locale = { language: "en", time_format: "language", number_format: "language" };
let asked = 0;

async function speak(change: Partial<Locale>): Promise<void> {
  const words = async () => {
    asked += 1;
    return (key: string, values?: Record<string, string | number>) =>
      [key.replace(/.*card_/, ""), ...Object.values(values ?? {})].join(" ");
  };
  const hass = { locale: { ...ENGLISH, ...change }, loadBackendTranslation: words };
  await loadStrings(hass as unknown as Hass);
}

/** Which space, which apostrophe and how much punctuation is whatever the browser thinks right. */
const plain = (text: string): string => text.replaceAll(/\s/g, " ").replaceAll("’", "'");
const words = (text: string): string => plain(text).replaceAll(/[.,]/g, "");

beforeEach(() => speak({ language: "en" }));

describe("a time of day", () => {
  it.each([
    ["en", "language", "2:05 PM", "12:30 AM"],
    ["en", "24", "14:05", "00:30"],
    ["en", "12", "2:05 PM", "12:30 AM"],
    ["de", "language", "14:05", "00:30"],
    ["de", "24", "14:05", "00:30"],
    ["de", "12", "2:05 PM", "12:30 AM"],
    ["en-GB", "language", "14:05", "00:30"],
  ] as const)("in %s, format %s", async (language, time_format, after, before) => {
    await speak({ language, time_format });
    expect(plain(time("2026-03-15T14:05:00+01:00"))).toBe(after);
    expect(plain(time("2026-03-15T00:30:00-05:00")).replace(/^0:/, "00:")).toBe(before);
  });

  it("is as the device counts hours where that is chosen", async () => {
    await speak({ language: "en", time_format: "system" });
    const own = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12;
    expect(time("2026-03-15T14:05:00+01:00").includes("PM")).toBe(own);
  });
});

describe("a number", () => {
  it.each([
    ["en", "language", "1,234.5"],
    ["de", "language", "1.234,5"],
    ["de", "comma_decimal", "1,234.5"],
    ["en", "decimal_comma", "1.234,5"],
    ["en", "space_comma", "1 234,5"],
    ["en", "quote_decimal", "1'234.5"],
    ["de", "none", "1234.5"],
  ] as const)("in %s, format %s", async (language, number_format, told) => {
    await speak({ language, number_format });
    expect(plain(number(1234.5))).toBe(told);
    expect(plain(signed(1234.5))).toBe(`+${told}`);
    expect(plain(t("load", { value: 1234.5 }))).toBe(`load ${told}`);
    expect(plain(plural("sets_done", 4, { done: 1234.5 }))).toBe(`sets_done_other ${told} 4`);
    expect([number(0), signed(0)]).toEqual(["0", "0"]);
  });

  it("is as the device writes it where that is chosen", async () => {
    await speak({ language: "de", number_format: "system" });
    expect(number(1234.5)).toBe(new Intl.NumberFormat().format(1234.5));
  });
});

describe("a date", () => {
  it.each([
    ["en", "Monday March 16", "Mon Mar 16"],
    ["en-GB", "Monday 16 March", "Mon 16 Mar"],
    ["de", "Montag 16 März", "Mo 16 März"],
  ])("is in the words of %s, in any time zone", async (language, long, short) => {
    await speak({ language });
    expect(words(day("2026-03-16T00:30:00+14:00"))).toBe(long);
    expect(words(day("2026-03-16", "short"))).toBe(short);
  });
});

describe("the words", () => {
  it("are fetched once for a language, whatever the formats", async () => {
    await speak({ language: "sv" });
    const before = asked;
    await speak({ language: "sv", time_format: "12", number_format: "none" });
    expect(asked).toBe(before);
    expect(number(0.5)).toBe("0.5");
    await speak({ language: "de" });
    expect(asked).toBe(before + 1);
  });
});
