/** A Home Assistant that notes what is asked of it, and knows the read model of a programme. */

import { programme } from "../src/programme";
import { loadStrings } from "../src/strings";
import type { Hass, Locale, ReadModel } from "../src/types";

export interface Home {
  /** What was asked: the arguments of an action, or the message of a command. */
  calls: unknown[][];
  /** What actions answer. */
  answer: Record<string, unknown>;
  /** What they fail with, if they do. */
  fails: unknown;
}

export const ENGLISH: Locale = {
  language: "en",
  date_format: "language",
  time_format: "language",
  number_format: "language",
  time_zone: "server",
};

let number = 0;

/** Words are their keys, with what they are told behind them. */
export function worded(key: string, values?: Record<string, string | number>): string {
  return [key.replace(/.*card_/, ""), ...Object.values(values ?? {})].join(" ");
}

/** The id of the next programme, for what a device kept of it before. */
export const nextId = (): string => `programme-${number + 1}`;

/** Put a Home Assistant on the page that knows this read model, under an id of its own. */
export async function known(model: ReadModel, home: Home): Promise<ReadModel> {
  const own = { ...structuredClone(model), entry_id: nextId() };
  number += 1;
  const hass: Hass = {
    locale: ENGLISH,
    config: { time_zone: "UTC" },
    entities: {
      "todo.other": { entity_id: "todo.other", platform: "local_todo", device_id: "device" },
      "todo.anna_today": {
        entity_id: "todo.anna_today",
        platform: "pht_rehab",
        device_id: "device",
        translation_key: "today",
      },
    },
    devices: { device: { id: "device", primary_config_entry: own.entry_id } },
    localize: worded,
    loadBackendTranslation: async () => worded,
    connection: {
      addEventListener: () => undefined,
      subscribeMessage: async <T>(told: (message: T) => void) => {
        told(own as T);
        return async () => undefined;
      },
    },
    callWS: async <T>(message: Record<string, unknown>) => {
      home.calls.push([message]);
      return { log_id: "new" } as T;
    },
    callService: async (...call) => {
      home.calls.push(call);
      if (home.fails) throw home.fails;
      return { response: { reasons: [], entries: [], ...home.answer } };
    },
  };
  document.querySelector("home-assistant")?.remove();
  const element = document.createElement("home-assistant");
  Object.assign(element, { hass });
  document.body.append(element);
  await loadStrings(hass);
  programme(own.entry_id).model = own;
  return own;
}

export const quietHome = (): Home => ({ calls: [], answer: {}, fails: undefined });

/** The button whose words begin with these. */
export function button(root: ParentNode, text: string): HTMLButtonElement | undefined {
  return [...root.querySelectorAll("button")].find((one) =>
    one.textContent?.trim().startsWith(text),
  );
}
