/** Words and dates, in the user's language; the words come from the integration's translations. */

import type { Hass, Iso, Localize } from "./types";

const PREFIX = "component.pht_rehab.common.card_";

let localize: Localize | undefined;
let language = "en";
let loading: Promise<void> | undefined;

/** Fetch the words of the user's language; resolves at once when they are there. */
export function loadStrings(hass: Hass): Promise<void> {
  const wanted = hass.locale?.language ?? hass.language ?? "en";
  if (loading && wanted === language) return loading;
  language = wanted;
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

/** Numbers as the language writes them: Home Assistant would say "0.5" everywhere. */
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
  const form = `${key}_${new Intl.PluralRules(language).select(count)}`;
  const told = { ...values, count };
  const words = t(form, told);
  return words === form ? t(`${key}_other`, told) : words;
}

/** Return a date of the programme in words, e.g. "Monday 16 March". */
export function day(on: Iso, style: "long" | "short" = "long"): string {
  const [year, month, date] = on.slice(0, 10).split("-").map(Number) as [number, number, number];
  // Noon UTC, shown in UTC: the date is the programme's and no time zone may move it.
  return new Intl.DateTimeFormat(language, {
    weekday: style === "long" ? "long" : "short",
    day: "numeric",
    month: style === "long" ? "long" : "short",
    timeZone: "UTC",
  }).format(Date.UTC(year, month - 1, date, 12));
}

/** Return the time of day of an instant as the clocks at home showed it, e.g. "14:05". */
export function time(at: Iso): string {
  const [hour, minute] = at.slice(11, 16).split(":").map(Number) as [number, number];
  return new Intl.DateTimeFormat(language, {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  }).format(Date.UTC(2000, 0, 1, hour, minute));
}

export function number(value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

/** Return a change with its sign, e.g. "+6". */
export function signed(value: number): string {
  return new Intl.NumberFormat(language, { signDisplay: "exceptZero" }).format(value);
}

export function currentLanguage(): string {
  return language;
}
