/**
 * Words, dates and numbers as the user has chosen them in Home Assistant; the words come from the
 * integration's translations. Dates are in words, which go by the language alone there too.
 */

import type { Hass, Iso, Locale, Localize } from "./types";

const PREFIX = "component.pht_rehab.common.card_";

/** The languages that Home Assistant writes numbers like, where not like the user's own. */
const NUMBERS: Partial<Record<Locale["number_format"], string[]>> = {
  comma_decimal: ["en-US", "en"],
  decimal_comma: ["de", "es", "it"],
  space_comma: ["fr", "sv", "cs"],
  quote_decimal: ["de-CH"],
  none: ["en-US"],
};

let localize: Localize | undefined;
let locale: Locale = { language: "en", time_format: "language", number_format: "language" };
let loading: Promise<void> | undefined;

/** Take up the user's formats, and fetch the words of the language unless they are there. */
export function loadStrings(hass: Hass): Promise<void> {
  const before = locale.language;
  locale = hass.locale;
  if (loading && before === locale.language) return loading;
  loading = hass.loadBackendTranslation("common", "pht_rehab").then(
    (found) => {
      localize = found;
    },
    (error: unknown) => {
      loading = undefined; // no connection now; asked again with the next change
      throw error;
    },
  );
  return loading;
}

/** Return a text of the card; its key where there is none, so that a gap is seen. */
export function t(key: string, values?: Record<string, string | number>): string {
  return localize?.(PREFIX + key, values && written(values)) || key;
}

/** Numbers as the user reads them: Home Assistant would say "0.5" everywhere. */
function written(values: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? number(value) : value,
    ]),
  );
}

/**
 * Return a text in the form its `count` asks for: `key_one`, `key_other`, and what other languages
 * have. Not as ICU plurals: Home Assistant's backend takes them for broken and leaves them out.
 */
export function plural(
  key: string,
  count: number,
  values: Record<string, string | number> = {},
): string {
  const form = `${key}_${new Intl.PluralRules(locale.language).select(count)}`;
  const told = { ...values, count };
  const words = t(form, told);
  return words === form ? t(`${key}_other`, told) : words;
}

/** Return a date of the programme in words, e.g. "Monday 16 March". */
export function day(on: Iso, style: "long" | "short" = "long"): string {
  const [year, month, date] = on.slice(0, 10).split("-").map(Number) as [number, number, number];
  // Noon UTC, shown in UTC: the date is the programme's and no time zone may move it.
  return new Intl.DateTimeFormat(locale.language, {
    weekday: style === "long" ? "long" : "short",
    day: "numeric",
    month: style === "long" ? "long" : "short",
    timeZone: "UTC",
  }).format(Date.UTC(year, month - 1, date, 12));
}

/** Return the time of day of an instant as the clocks at home showed it, e.g. "14:05". */
export function time(at: Iso): string {
  const [hour, minute] = at.slice(11, 16).split(":").map(Number) as [number, number];
  return new Intl.DateTimeFormat(locale.language, {
    hour: "numeric",
    minute: "2-digit",
    hourCycle: halfDays() ? "h12" : "h23",
    timeZone: "UTC",
  }).format(Date.UTC(2000, 0, 1, hour, minute));
}

/** Whether hours are counted to twelve: as chosen, or as the language or the device does. */
function halfDays(): boolean {
  const { time_format: wanted, language } = locale;
  if (wanted === "12" || wanted === "24") return wanted === "12";
  const whose = wanted === "system" ? undefined : language;
  return new Intl.DateTimeFormat(whose, { hour: "numeric" }).resolvedOptions().hour12 === true;
}

export function number(value: number, signDisplay: "auto" | "exceptZero" = "auto"): string {
  const { number_format: wanted, language } = locale;
  return new Intl.NumberFormat(wanted === "system" ? undefined : (NUMBERS[wanted] ?? language), {
    maximumFractionDigits: 2,
    useGrouping: wanted !== "none",
    signDisplay,
  }).format(value);
}

/** Return a change with its sign, e.g. "+6". */
export function signed(value: number): string {
  return number(value, "exceptZero");
}

export function currentLanguage(): string {
  return locale.language;
}
