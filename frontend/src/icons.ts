/** The few icons that also have to work outside Home Assistant's own elements. */

import { svg, type SVGTemplateResult } from "lit";

const PATHS = {
  close:
    "M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12z",
  check: "M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4z",
  dash: "M5 11h14v2H5z",
  open: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z",
};

export function icon(name: keyof typeof PATHS): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor"
    aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
