/** Running: today's run or why there is none, the way back to it, and logging one. */

import { html, nothing, type TemplateResult } from "lit";
import { define } from "./define";
import { icon } from "./icons";
import { deliver, freshId, parcels } from "./outbox";
import { Overlay } from "./overlay";
import { bySide, Sheet, type Values } from "./sheet";
import { showTests } from "./sheets";
import { day, t } from "./strings";
import type { Criterion, Iso, ReadModel, Run, Running } from "./types";

type Part = TemplateResult | typeof nothing;

export const stopped = ({ kind }: ReadModel): boolean => kind === "locked" || kind === "paused";

/** Whether today's run is logged, though Home Assistant may not know it yet. */
export function isDone({ running, entry_id, today }: ReadModel): boolean {
  const kept = parcels(entry_id).filter((one) => one.action === "log_run" && !one.problem);
  return running?.done === true || kept.some((one) => one.data["date"] === today);
}

/** The run that is still to be done today. */
export function plannedRun(model: ReadModel): Run | null {
  return stopped(model) || isDone(model) ? null : (model.running?.today ?? null);
}

/** Running as a block of its own; nothing where it is no part of the goal. */
export function run(model: ReadModel): Part {
  const { running } = model;
  if (!running || stopped(model)) return nothing;
  const planned = plannedRun(model);
  if (planned) {
    return html`<section class="banner run">
      <h3>${t("run_at", { step: planned.step })}</h3>
      <p>${planned.dose}</p>
      <details>
        <summary>${t("run_how_to")}</summary>
        <p class="small">${running.how_to}</p>
        ${planned.cue ? html`<p class="small">${planned.cue}</p>` : nothing}
      </details>
    </section>`;
  }
  if (isDone(model)) {
    const left = model.session.exercises.some((one) => !one.done);
    return html`<p class="ran">
      ${icon("check")} ${t("run_done")} ${left ? t("run_then") : nothing}
    </p>`;
  }
  if (running.gate.length) return wayBack(model, running);
  const why = running.reasons[0]?.text;
  return html`<p class="small quiet">${t("run_none")}${why ? `: ${why}` : "."}</p>`;
}

function wayBack(model: ReadModel, { gate, reasons }: Running): TemplateResult {
  const tests = gate.filter((line) => line.met !== true && line.id.startsWith("test_"));
  const asked = model.tests.some((test) => test.asked || test.due);
  return html`<details class="way-back">
    <summary>
      ${t("run_way_back", {
        met: gate.filter((line) => line.met === true).length,
        count: gate.length,
      })}
    </summary>
    <div class="stack tight">
      ${reasons.map((why) => html`<p class="small">${why.text}</p>`)} ${criteria(gate)}
      ${tests.length && asked && model.control
        ? html`<button type="button" class="ghost" @click=${() => showTests(model.entry_id)}>
            ${t("tests")}
          </button>`
        : nothing}
    </div>
  </details>`;
}

const SIGNS = { true: "check", false: "open", null: "dash" } as const;

/** Lines that are met, not met, or not known. */
export function criteria(lines: Criterion[]): TemplateResult {
  return html`<ul class="criteria">
    ${lines.map((line) => {
      const key = String(line.met) as keyof typeof SIGNS;
      const word = { true: "met", false: "not_met", null: "unknown" }[key];
      return html`<li class=${word}>
        ${icon(SIGNS[key])}<span>${line.text}</span><span class="sr">${t(word)}</span>
      </li>`;
    })}
  </ul>`;
}

/** What else may be done, while there is no run. */
export function crossTraining(model: ReadModel): Part {
  const { cross_training: found } = model;
  if (!found || plannedRun(model)) return nothing;
  return html`<details>
    <summary>${t("cross_training")}</summary>
    <div class="stack tight small">
      <p>${found.rule}</p>
      <ul>
        ${found.allowed.map((one) => html`<li>${one}</li>`)}
      </ul>
    </div>
  </details>`;
}

/** Logs a run, the planned one or another; without a connection it is kept for later. */
class RunSheet extends Sheet {
  protected override readonly judged = true;
  static override properties = { ...Sheet.properties, kept: { state: true } };
  declare kept: boolean;
  planned: Run | null = null;
  /** The date it was run on, if not today. */
  on: Iso | undefined;
  private readonly sessionId = freshId();

  constructor() {
    super();
    this.kept = false;
  }

  protected heading(): string {
    if (this.on) return `${t("run")}, ${day(this.on)}`;
    return this.planned ? t("run_at", { step: this.planned.step }) : t("run");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The day it was opened on: midnight or a lost connection do not move it.
    this.values = { date: this.on ?? this.model?.today, ...expected(this.planned) };
  }

  protected form(): TemplateResult {
    const { minutes } = this.values;
    const pains = this.sides.length
      ? this.sides.map((side) => this.values[`pain_during_${side}`])
      : [this.values["pain_during"]];
    const told = !pains.includes(undefined);
    return html`<div class="stack form">
      ${this.planned ? html`<p>${this.planned.dose}</p>` : nothing}
      ${this.amount("minutes", t("run_minutes"))} ${this.scores("pain_during", t("run_pain"))}
      <div>${this.flag("hills", t("hills"))} ${this.flag("fast", t("fast"))}</div>
      <p class="small quiet">${t("run_more")}</p>
      <details>
        <summary>${t("more_details")}</summary>
        <div class="stack form">
          ${this.scores("pain_after", t("run_after"))} ${this.amount("distance", t("distance"))}
          ${this.flag("painkiller", t("painkiller"))} ${this.date("date", t("event_date"))}
        </div>
      </details>
      ${this.buttons(t("save"), Number(minutes) > 0 && told, () => this.send())}
    </div>`;
  }

  private async send(): Promise<void> {
    for (const values of bySide(this.values, this.sides)) {
      const session_id = values["side"] ? `${this.sessionId}-${values["side"]}` : this.sessionId;
      this.answer = await deliver(this.programme, {
        entryId: this.entryId,
        action: "log_run",
        data: { session_id, ...values },
      });
    }
    this.kept = !this.answer;
  }

  protected override content(): TemplateResult {
    return this.kept ? this.saved(nothing, t("kept")) : super.content();
  }

  protected override outcome(): TemplateResult {
    if (this.model?.kind === "locked") return super.outcome();
    const { response, reasons = [] } = this.answer ?? {};
    return this.saved(html`${response ? html`<p>${t(`response_${response}`)}</p>` : nothing}
    ${reasons.map((why) => html`<p>${why.text}</p>`)}`);
  }
}
define("pht-rehab-run", RunSheet);

/** What is expected of a run as planned. */
function expected(planned: Run | null): Values {
  if (!planned) return {};
  const { minutes, hills, fast } = planned;
  return { minutes: minutes ?? undefined, hills, fast };
}

/** Log today's run, one that was not planned, or that of a date before. */
export const showRun = (entryId: string, planned: Run | null, on?: Iso): Overlay =>
  Overlay.show<RunSheet>("pht-rehab-run", entryId, { planned, on });
