/** The entities of a programme, among all the others. */

import type { Hass } from "./types";

/** Return the programme's entities by what they are; they are named differently everywhere. */
export function entitiesOf(hass: Hass, entryId: string): (domain: string, key: string) => string {
  const own = Object.values(hass.entities).filter(
    (entity) =>
      entity.platform === "pht_rehab" &&
      hass.devices[entity.device_id ?? ""]?.primary_config_entry === entryId,
  );
  return (domain, key) =>
    own.find(
      (entity) =>
        entity.entity_id.startsWith(`${domain}.`) && entity.translation_key === key,
    )?.entity_id ?? "";
}
