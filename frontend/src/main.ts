/** What Home Assistant is told of: the card, its suggestion in the picker, and the dashboard. */

import { PhtRehabCard } from "./card";
import { define } from "./define";
import { PhtRehabStrategy } from "./strategy";
import type { Hass } from "./types";

const DOCUMENTATION = "https://github.com/pht-rehab/pht_rehab";

interface Listed {
  type: string;
}

declare global {
  interface Window {
    customCards?: Listed[];
    customStrategies?: Listed[];
  }
}

function list(all: Listed[], one: Listed & Record<string, unknown>): void {
  if (!all.some((known) => known.type === one.type)) all.push(one);
}

define("pht-rehab-card", PhtRehabCard);
define("ll-strategy-dashboard-pht-rehab", PhtRehabStrategy);

list((window.customCards ??= []), {
  type: "pht-rehab-card",
  name: "PHT Rehab",
  description: "Today's exercises, a guided session, and the weeks behind.",
  preview: true,
  documentationURL: DOCUMENTATION,
  getEntitySuggestion: (hass: Hass, entityId: string) => {
    const entity = hass.entities[entityId];
    if (entity?.platform !== "pht_rehab") return null;
    const entry = hass.devices[entity.device_id ?? ""]?.primary_config_entry;
    return entry ? { config: { type: "custom:pht-rehab-card", programme: entry } } : null;
  },
});

list((window.customStrategies ??= []), {
  type: "pht-rehab",
  strategyType: "dashboard",
  name: "PHT Rehab",
  description: "Today, plan and progress of every programme.",
});
