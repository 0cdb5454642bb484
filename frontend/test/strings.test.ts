/** Words, dates and numbers as the user has chosen them in Home Assistant. */

import { beforeEach, describe, expect, it } from "vitest";
import { day, loadStrings, number, plural, signed, t, time } from "../src/strings";
import { datePattern } from "../src/formats";
import type { Hass, Locale } from "../src/types";
import { ENGLISH } from "./home";

let asked = 0;

async function speak(change: Partial<Locale>, time_zone = "Europe/Berlin"): Promise<void> {
  const words = async () => {
    asked += 1;
    return (key: string, values?: Record<string, string | number>) =>
      [key.replace(/.*card_/, ""), ...Object.values(values ?? {})].join(" ");
  };
  const config = { time_zone };
  const hass = { locale: { ...ENGLISH, ...change }, config, loadBackendTranslation: words };
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
    await speak({ language, time_format, time_zone: "server" });
    expect(plain(time("2026-03-15T14:05:00+01:00"))).toBe(after);
    expect(plain(time("2026-03-14T23:30:00Z")).replace(/^0:/, "00:")).toBe(before);
  });

  it("is that of the clocks at home, or of those where one is", async () => {
    const at = "2026-03-15T14:05:00+01:00";
    await speak({ time_format: "24", time_zone: "server" }, "Asia/Tokyo");
    expect(time(at)).toBe("22:05");
    await speak({ time_format: "24", time_zone: "local" }, "Asia/Tokyo");
    const here = new Date(at);
    expect(time(at)).toBe(
      [here.getHours(), here.getMinutes()].map((one) => String(one).padStart(2, "0")).join(":"),
    );
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
    expect(datePattern({ ...ENGLISH, language })).toBeUndefined();
  });

  it.each([
    ["en", "DMY", "Monday, 6/4/2026", "Mon, 6/4/2026", "D/M/YYYY"],
    ["en", "MDY", "Monday, 4/6/2026", "Mon, 4/6/2026", "M/D/YYYY"],
    ["en", "YMD", "Monday, 2026/4/6", "Mon, 2026/4/6", "YYYY/M/D"],
    ["en-GB", "YMD", "Monday, 2026/04/06", "Mon, 2026/04/06", "YYYY/MM/DD"],
    ["de", "DMY", "Montag, 6.4.2026", "Mo, 6.4.2026", "D.M.YYYY"],
    ["de", "YMD", "Montag, 2026.4.6", "Mo, 2026.4.6", "YYYY.M.D"],
    ["sv", "MDY", "måndag, 04-06-2026", "mån, 04-06-2026", "MM-DD-YYYY"],
    ["ko", "YMD", "월요일, 2026. 4. 6.", "월, 2026. 4. 6.", "YYYY. M. D."],
    ["bg", "DMY", "понеделник, 6.04.2026 г.", "пн, 6.04.2026 г.", "D.MM.YYYY г."],
    ["bg", "YMD", "понеделник, 2026.04.6", "пн, 2026.04.6", "YYYY.MM.D"],
  ] as const)("in %s, format %s", async (language, date_format, long, short, pattern) => {
    await speak({ language, date_format });
    const on = "2026-04-06T23:30:00-12:00"; // a Monday, where the programme is
    expect([plain(day(on)), plain(day(on, "short"))]).toEqual([long, short]);
    expect(plain(datePattern({ ...ENGLISH, language, date_format })!)).toBe(pattern);
  });

  it("is as the device writes it where that is chosen, behind the user's weekday", async () => {
    await speak({ language: "de", date_format: "system" });
    const own = new Intl.DateTimeFormat(undefined, { timeZone: "UTC" }).format(Date.UTC(2026, 2, 16));
    expect(day("2026-03-16")).toBe(`Montag, ${own}`);
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
