/**
 * Words, dates and numbers as the user has chosen them in Home Assistant; the words come from the
 * integration's translations.
 */

import { dayIn, figureIn, timeIn } from "./formats";
import type { Hass, Iso, Locale, Localize } from "./types";

const PREFIX = "component.pht_rehab.common.card_";

let localize: Localize | undefined;
let locale: Locale = {
  language: "en",
  date_format: "language",
  time_format: "language",
  number_format: "language",
  time_zone: "local",
};
let home = "UTC";
let loading: Promise<void> | undefined;

/** Take up the user's formats, and fetch the words of the language unless they are there. */
export function loadStrings(hass: Hass): Promise<void> {
  const before = locale.language;
  locale = hass.locale;
  home = hass.config.time_zone;
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

/** Return a date of the programme, e.g. "Monday, March 16" or "Monday, 16/3/2026". */
export function day(on: Iso, style: "long" | "short" = "long"): string {
  return dayIn(locale, on, style);
}

/** Return the time of day of an instant, e.g. "14:05". */
export function time(at: Iso): string {
  return timeIn(locale, home, at);
}

export function number(value: number): string {
  return figureIn(locale, value, "auto");
}

/** Return a change with its sign, e.g. "+6". */
export function signed(value: number): string {
  return figureIn(locale, value, "exceptZero");
}

export function currentLanguage(): string {
  return locale.language;
}

/** Whether dates are written in figures, in an order that the user has chosen. */
export function inFigures(): boolean {
  return locale.date_format !== "language";
}
