/**
 * Dates, times and numbers as the user has chosen them in their profile, like Home Assistant
 * writes its own: in words a date goes by the language, in figures by the order that is chosen.
 */

import type { Iso, Locale } from "./types";

/** The languages that Home Assistant writes numbers like, where not like the user's own. */
const NUMBERS: Partial<Record<Locale["number_format"], string[]>> = {
  comma_decimal: ["en-US", "en"],
  decimal_comma: ["de", "es", "it"],
  space_comma: ["fr", "sv", "cs"],
  quote_decimal: ["de-CH"],
  none: ["en-US"],
};
const PLACES = { D: "day", M: "month", Y: "year" } as const;
const SINGLE = Date.UTC(2001, 1, 3); // a day and a month of one digit: a nought before is the format's

type Style = "long" | "short";
type Part = Pick<Intl.DateTimeFormatPart, "type" | "value">;

/** Noon UTC, to be shown in UTC: the date is the programme's and no time zone may move it. */
function noon(on: Iso): number {
  const [year, month, date] = on.slice(0, 10).split("-").map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, date, 12);
}

/** Return a date of the programme, e.g. "Monday, March 16" or "Monday, 16/3/2026". */
export function dayIn(locale: Locale, on: Iso, style: Style): string {
  const { language, date_format: wanted } = locale;
  const timeZone = "UTC";
  if (wanted === "language") {
    const words = { weekday: style, day: "numeric", month: style, timeZone } as const;
    return new Intl.DateTimeFormat(language, words).format(noon(on));
  }
  const weekday = new Intl.DateTimeFormat(language, { weekday: style, timeZone }).format(noon(on));
  const figures = inFigures(locale, noon(on)).map((part) => part.value);
  return `${weekday}, ${figures.join("")}`;
}

/** Return how a date is written in figures, e.g. "DD.MM.YYYY"; undefined where it is in words. */
export function datePattern(locale: Locale): string | undefined {
  if (locale.date_format === "language") return undefined;
  const places = inFigures(locale, SINGLE).map(({ type, value }) => {
    const place = Object.entries(PLACES).find(([, name]) => name === type)?.[0];
    return place ? place.repeat([...value].length) : value;
  });
  return places.join("");
}

/** The parts of a date in the order that is chosen, between them what the language has there. */
function inFigures({ language, date_format: wanted }: Locale, at: number): Part[] {
  const figures = new Intl.DateTimeFormat(wanted === "system" ? undefined : language, {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    timeZone: "UTC",
  }).formatToParts(at);
  if (wanted === "system" || wanted === "language") return figures;
  const [first, second, third] = [...wanted].map((place) =>
    figures.find((part) => part.type === PLACES[place as keyof typeof PLACES]),
  ) as [Part, Part, Part];
  const between = figures.find((part) => part.type === "literal") ?? { type: "literal", value: "/" };
  const last = figures.at(-1)!;
  const yearsWord = /\p{Letter}/u.test(last.value) && !wanted.endsWith("Y"); // it follows a year only
  const end = last.type === "literal" && !yearsWord ? [last] : [];
  return [first, between, second, between, third, ...end];
}

/** Return the time of day of an instant, e.g. "14:05": here, or where Home Assistant is. */
export function timeIn(locale: Locale, home: string, at: Iso): string {
  return new Intl.DateTimeFormat(locale.language, {
    hour: "numeric",
    minute: "2-digit",
    hourCycle: halfDays(locale) ? "h12" : "h23",
    timeZone: locale.time_zone === "server" ? home : undefined,
  }).format(Date.parse(at));
}

/** Whether hours are counted to twelve: as chosen, or as the language or the device does. */
function halfDays({ time_format: wanted, language }: Locale): boolean {
  if (wanted === "12" || wanted === "24") return wanted === "12";
  const whose = wanted === "system" ? undefined : language;
  return new Intl.DateTimeFormat(whose, { hour: "numeric" }).resolvedOptions().hour12 === true;
}

export function figureIn(
  { number_format: wanted, language }: Locale,
  value: number,
  signDisplay: "auto" | "exceptZero",
): string {
  return new Intl.NumberFormat(wanted === "system" ? undefined : (NUMBERS[wanted] ?? language), {
    maximumFractionDigits: 2,
    useGrouping: wanted !== "none",
    signDisplay,
  }).format(value);
}
