/** A whole dashboard in one click: Settings > Dashboards > Add dashboard > Community. */

import { entitiesOf } from "./entities";
import { loadStrings, t } from "./strings";
import type { Hass } from "./types";

type Card = Record<string, unknown>;
interface Found {
  entry_id: string;
  name: string;
}

function view(hass: Hass, { entry_id, name }: Found): Card {
  const find = entitiesOf(hass, entry_id);
  const plan = find("calendar", "plan");
  const list = find("todo", "today");
  const pains = [find("sensor", "morning_pain"), find("sensor", "session_pain")].filter(Boolean);
  // The names of the two in days differ only at their ends, which a phone cuts off.
  const tiles = Object.entries({
    stage: { type: "entity" },
    days_to_next_progression: t("next_step"),
    days_to_next_stage: t("next_stage"),
    next_session: { type: "entity" },
  })
    .map(([key, name]) => ({ type: "tile", entity: find("sensor", key), name }))
    .filter((tile) => tile.entity);
  const columns: Card[][] = [
    [{ type: "custom:pht-rehab-card", programme: entry_id, grid_options: { columns: "full" } }],
    [
      { type: "heading", heading: t("plan"), icon: "mdi:calendar" },
      ...tiles,
      ...(plan ? [{ type: "calendar", entities: [plan], initial_view: "listWeek" }] : []),
      ...(list ? [{ type: "todo-list", entity: list, hide_create: true }] : []),
    ],
    [
      { type: "heading", heading: t("progress"), icon: "mdi:chart-line" },
      ...(pains.length
        ? [
            {
              type: "statistics-graph",
              entities: pains,
              days_to_show: 60,
              period: "day",
              stat_types: ["mean"],
              chart_type: "line",
              min_y_axis: 0,
              max_y_axis: 10,
            },
          ]
        : []),
    ],
  ];
  return {
    title: name,
    path: entry_id,
    type: "sections",
    max_columns: 3,
    sections: columns.map((cards) => ({ type: "grid", cards })),
  };
}

export class PhtRehabStrategy extends HTMLElement {
  static noEditor = true;
  static registryDependencies = ["entities", "devices"];

  static getCreateSuggestions(): Card {
    return { title: "Rehab", icon: "mdi:human-handsup" };
  }

  static async generate(_config: unknown, hass: Hass): Promise<Card> {
    await loadStrings(hass);
    const { programmes } = await hass.callWS<{ programmes: Found[] }>({
      type: "pht_rehab/programmes",
    });
    if (programmes.length) return { views: programmes.map((one) => view(hass, one)) };
    return { views: [{ cards: [{ type: "markdown", content: t("no_programme") }] }] };
  }
}
