/** Pain and load by day: the morning test as a line, sessions as points, load as bars. */

import { LitElement, css, html, nothing, svg, type TemplateResult } from "lit";
import { define } from "./define";
import { day, number, t } from "./strings";
import { theme } from "./style";
import type { Locale, ReadModel, TrendDay } from "./types";

const WIDTH = 340;
const HEIGHT = 140;
const LEFT = 16;
const BOTTOM = 16;
const LEAST_DAYS = 28;

type Scale = (value: number) => number;

/** Say a day in a line. */
export function describe(one: TrendDay): string {
  const told = [day(one.date), t("step", { step: one.step })];
  if (one.morning !== undefined) told.push(t("chart_morning", { pain: one.morning }));
  if (one.minutes !== undefined) told.push(t("chart_run", { minutes: one.minutes }));
  if (one.during !== undefined) told.push(t("chart_during", { pain: one.during }));
  if (one.response) told.push(t(`response_${one.response}`));
  if (one.flare_up) told.push(t("flare_up"));
  return told.join(" · ");
}

/** Sends `choose` with the index of a day that is tapped or reached by the arrow keys. */
export class PhtChart extends LitElement {
  static override properties = {
    model: { attribute: false },
    worded: { attribute: false },
    chosen: { type: Number },
  };
  declare model: ReadModel | undefined;
  declare worded: Locale | undefined;
  declare chosen: number | null;

  constructor() {
    super();
    this.chosen = null;
  }

  private choose(index: number): void {
    const last = (this.model?.trend.length ?? 1) - 1;
    const detail = Math.min(last, Math.max(0, index));
    this.dispatchEvent(new CustomEvent("choose", { detail }));
  }

  private key(event: KeyboardEvent): void {
    const last = (this.model?.trend.length ?? 1) - 1;
    const from = this.chosen ?? last;
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(to);
  }

  override render() {
    const { model } = this;
    if (!model) return nothing;
    const days = model.trend;
    const slots = Math.max(days.length, LEAST_DAYS);
    const wide = (WIDTH - LEFT) / slots;
    const x: Scale = (index) => LEFT + wide * (index + slots - days.length + 0.5);
    const y: Scale = (pain) =>
      4 + (HEIGHT - BOTTOM - 4) * (1 - pain / model.limits.score_max);
    const chosen = this.chosen === null ? undefined : days[this.chosen];
    const pick = (event: PointerEvent): void => {
      const box = (event.currentTarget as Element).getBoundingClientRect();
      const inside = ((event.clientX - box.left) / box.width) * WIDTH - LEFT;
      this.choose(Math.floor(inside / wide) - slots + days.length);
    };
    return html`<div>
      <div class="legend small quiet" aria-hidden="true">
        <span class="m">${t("morning_check")}</span><span class="d">${t("pain_during")}</span
        ><span class="l">${t("load")}</span>${days.some((one) => one.minutes)
          ? html`<span class="r">${t("run")}</span>`
          : nothing}
      </div>
      <div
        class="chart"
        dir="ltr"
        role="slider"
        tabindex="0"
        aria-label=${t("chart")}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, days.length - 1)}
        aria-valuenow=${this.chosen ?? Math.max(0, days.length - 1)}
        aria-valuetext=${describe(chosen ?? days[days.length - 1]!)}
        @keydown=${this.key}
        @click=${pick}
      >
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
          ${this.ground(model, wide, x, y)} ${this.lines(model, x, y)}
          ${chosen
            ? svg`<line class="chosen" x1=${x(this.chosen!)} x2=${x(this.chosen!)} y1="0"
                y2=${HEIGHT - BOTTOM}></line>`
            : nothing}
        </svg>
      </div>
      <div class="ends small quiet" dir="ltr" aria-hidden="true">
        <span>${days[0] ? day(days[0].date, "short") : ""}</span><span>${t("today")}</span>
      </div>
    </div>`;
  }

  private ground(model: ReadModel, wide: number, x: Scale, y: Scale): TemplateResult[] {
    const days = model.trend;
    const most = Math.max(1, ...days.map((one) => one.load ?? 0));
    const farthest = Math.max(1, ...days.map((one) => one.minutes ?? 0));
    const floor = HEIGHT - BOTTOM;
    const bar = (name: string, left: number, share: number, part: number): TemplateResult => {
      const high = share * (floor - 4) * 0.5;
      return svg`<rect class=${name} x=${left} y=${floor - high} width=${wide * part} height=${high}
        rx="1"></rect>`;
    };
    const { calm_max: calm, score_max: worst } = model.limits;
    return [
      svg`<rect class="calm" x=${LEFT} y=${y(calm)} width=${WIDTH - LEFT}
        height=${floor - y(calm)}></rect>`,
      ...[0, calm, worst].map(
        (pain) => svg`<text x="0" y=${y(pain) + 3}>${number(pain)}</text>`,
      ),
      ...days.map((one, index) => {
        const before = days[index - 1];
        const { load, minutes } = one;
        const part = load && minutes ? 0.38 : 0.76;
        const right = x(index) + wide * (0.38 - part);
        return svg`
          ${one.flare_up ? svg`<rect class="flare" x=${x(index) - wide / 2} y="4" width=${wide} height=${floor - 4}></rect>` : nothing}
          ${load ? bar("load", x(index) - wide * 0.38, load / most, part) : nothing}
          ${minutes ? bar("ran", right, minutes / farthest, part) : nothing}
          ${before && before.stage !== one.stage ? svg`<line class="stage" x1=${x(index) - wide / 2} x2=${x(index) - wide / 2} y1="4" y2=${floor}></line>` : nothing}
          ${before && before.stage === one.stage && before.step !== one.step ? svg`<path class="step" d="M${x(index)} ${floor + 3}l3 6h-6z"></path>` : nothing}`;
      }),
    ];
  }

  private lines(model: ReadModel, x: Scale, y: Scale): TemplateResult {
    const { trend: days, limits } = model;
    const points = days.flatMap((one, index) =>
      one.morning === undefined ? [] : [`${x(index).toFixed(1)},${y(one.morning).toFixed(1)}`],
    );
    return svg`<polyline class="morning" points=${points.join(" ")}></polyline>
      ${days.map((one, index) =>
        one.during === undefined
          ? nothing
          : svg`<circle class=${one.during > limits.calm_max ? "during sore" : "during"} cx=${x(index)} cy=${y(one.during)} r="2.6"></circle>`,
      )}`;
  }

  static override styles = [
    theme,
    css`
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
      }
      .legend span::before {
        content: "";
        display: inline-block;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        margin-inline-end: 5px;
        background: var(--tx);
      }
      .legend .m::before {
        height: 3px;
        border-radius: 2px;
        vertical-align: 3px;
        background: var(--acc);
      }
      .legend .l::before {
        border-radius: 2px;
        background: color-mix(in srgb, var(--acc) 35%, transparent);
      }
      .legend .r::before {
        border-radius: 2px;
        background: color-mix(in srgb, var(--ok) 55%, transparent);
      }
      .chart svg {
        display: block;
        width: 100%;
        height: auto;
        cursor: pointer;
      }
      .chart text {
        font-size: 9px;
        fill: var(--tx2);
      }
      .calm {
        fill: color-mix(in srgb, var(--ok) 14%, transparent);
      }
      .flare {
        fill: color-mix(in srgb, var(--bad) 16%, transparent);
      }
      .load {
        fill: color-mix(in srgb, var(--acc) 30%, transparent);
      }
      .ran {
        fill: color-mix(in srgb, var(--ok) 50%, transparent);
      }
      .stage {
        stroke: var(--tx2);
        stroke-dasharray: 2 2;
      }
      .step {
        fill: var(--tx2);
      }
      .morning {
        fill: none;
        stroke: var(--acc);
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .during {
        fill: var(--tx);
      }
      .sore {
        fill: var(--bad);
      }
      .chosen {
        stroke: var(--tx);
        stroke-width: 1.5;
      }
      .ends {
        display: flex;
        justify-content: space-between;
      }
    `,
  ];
}

define("pht-rehab-chart", PhtChart);
