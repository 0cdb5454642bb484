/** The view of today: where the programme stands, what is to do, and the one thing to do next. */

import { html, nothing, type TemplateResult } from "lit";
import { icon } from "./icons";
import { draftOf, type Draft } from "./outbox";
import { play, resume } from "./player";
import { programme } from "./programme";
import { criteria, crossTraining, isDone, plannedRun, run, showRun, stopped } from "./run";
import { doseStep } from "./sheet";
import {
  showConfirm,
  showEvent,
  showMorning,
  showResume,
  showSymptoms,
  showTests,
  showUnlock,
} from "./sheets";
import { day, plural, t, time } from "./strings";
import type { Exercise, NoticedRun, OneSide, ReadModel, SideStanding } from "./types";
import { showWeekly } from "./weekly";

export interface Options {
  voice: boolean;
  compact: boolean;
  /** Whether what is shown is what holds now; else nothing new is begun. */
  online: boolean;
}

type Part = TemplateResult | typeof nothing;

export function today(model: ReadModel, options: Options): TemplateResult {
  return html`<div class="stack day">
    ${course(model)} ${run(model)} ${exercises(model, options)} ${primary(model, options)}
    ${options.compact ? nothing : more(model)}
  </div>`;
}

function course(model: ReadModel): TemplateResult {
  const days = model.days_to_next_progression;
  return html`<div class="stack tight where">
    <ol class="course" aria-label=${t("stages")}>
      ${model.course.map(
        (stage) => html`<li
          class=${stage.state}
          aria-current=${stage.state === "current" ? "step" : nothing}
        >
          <span>${stage.name}</span
          >${stage.state === "done" ? html`<span class="sr">${t("done")}</span>` : nothing}
        </li>`,
      )}
    </ol>
    ${waiting(model)}
    <p class="small quiet">
      ${steps(model).join(" · ")}${days === null
        ? nothing
        : html` · ${next(days, days === model.days_to_next_stage)}`}
    </p>
    ${sides(model)} ${sitting(model)}
  </div>`;
}

/** When the next rise can come, of the dose or to the next stage. */
function next(days: number, stage: boolean): string {
  if (stage) return days ? plural("next_stage_in", days) : t("next_stage_today");
  return days ? plural("next_step_in", days) : t("next_step_today");
}

/** Where each of two sides stands; the worse one governs what both do. */
function sides(model: ReadModel): Part {
  const told = Object.entries(model.sides) as [OneSide, SideStanding][];
  if (!told.length) return nothing;
  return html`<ul class="small sides">
    ${told.map(([side, one]) => {
      const parts = [one.stage_name, t("step", { step: one.dose_step })];
      if (one.morning_pain !== null) parts.push(t("side_morning", { pain: one.morning_pain }));
      if (one.flare_up) parts.push(t("flare_up"));
      const ready = one.ready && side !== model.worse_side && model.control;
      return html`<li>
        <strong>${t(`side_${side}`)}</strong> · ${parts.join(" · ")}
        ${ready
          ? html`<button
              type="button"
              class="link"
              @click=${() => showConfirm(model.entry_id, side)}
            >
              ${t("move_side_on", { side: t(`side_${side}`) })}
            </button>`
          : nothing}
      </li>`;
    })}
  </ul>`;
}

/** The steps of the strands that have begun. */
function steps(model: ReadModel): string[] {
  const { energy_step, running } = model;
  return [
    doseStep(model),
    ...(energy_step ? [t("energy_step", { step: energy_step })] : []),
    ...(running && !running.gate.length ? [t("run_at", { step: running.step })] : []),
  ];
}

/** How long to sit on end, and since when somebody does. */
function sitting({ sitting: { limit, advice, since, due } }: ReadModel): Part {
  const told = [
    ...(limit === null ? [] : [t("sitting_limit", { minutes: limit })]),
    ...(since === null ? [] : [t("sitting_since", { time: time(since) })]),
    ...(due ? [t("sitting_break")] : []),
  ];
  const how = html`<details class="small quiet">
    <summary>${t("sitting_how_to")}</summary>
    ${advice.map((sentence) => html`<p>${sentence}</p>`)}
  </details>`;
  return told.length
    ? html`<p class="small ${due ? "" : "quiet"}">${told.join(" · ")}</p>
        ${advice.length ? how : nothing}`
    : nothing;
}

/** What the next stage still waits for, in its own words. */
function waiting(model: ReadModel): Part {
  const open = model.criteria.filter((line) => line.met !== true);
  if (!model.next_stage_name || !open.length || model.kind === "locked") return nothing;
  const [first, ...others] = open;
  return html`<p class="small waits">
    ${t("waits", { stage: model.next_stage_name, first: first!.text })}${others.length
      ? html`, ${plural("waits_more", others.length)}`
      : nothing}
  </p>`;
}

/** What comes before everything else, in both views. */
export function notices(model: ReadModel): Part {
  const { entry_id: id, reasons } = model;
  const told = reasons.find((reason) => reason.id !== "skipped")?.text;
  const unlock = html`<button type="button" class="ghost" @click=${() => showUnlock(id)}>
    ${t("unlock")}
  </button>`;
  const all = model.lock === "screening";
  const screen = html`<button
    type="button"
    class="ghost"
    @click=${() => showSymptoms(id, all ? [] : model.ask_again)}
  >
    ${all ? t("screen_again") : t("ask_again")}
  </button>`;
  const asks = model.ask_again.length || all;
  return html`${model.kind === "locked"
    ? html`<div class="banner bad" role="alert">
        <h3>${t("locked")}</h3>
        ${model.emergency ? html`<p>${t("emergency")}</p>` : nothing}
        ${reasons.slice(0, 2).map((reason) => html`<p>${reason.text}</p>`)}
        ${model.control && model.lock === "clinician" ? unlock : nothing}
      </div>`
    : nothing}
  ${model.kind === "paused" ? html`<div class="banner"><p>${told}</p></div>` : nothing}
  ${model.prescriber_hold && model.kind !== "locked"
    ? html`<div class="banner warn">
        <h3>${t("prescriber_hold")}</h3>
        <p>${told}</p>
        ${model.control ? unlock : nothing}
      </div>`
    : nothing}
  ${model.impact_hold && model.kind !== "locked" && !model.prescriber_hold
    ? html`<div class="banner warn">
        <p>${model.impact_hold}</p>
        ${model.control ? unlock : nothing}
      </div>`
    : nothing}
  ${model.flare_up
    ? html`<div class="banner warn">
        <h3>${t("flare_up")}</h3>
        <p>${t("flare_up_help")}</p>
        <p>${told}</p>
      </div>`
    : nothing}
  ${(model.kind === "test" || model.kind === "light") && !model.flare_up && !model.prescriber_hold
    ? html`<div class="banner"><p>${told}</p></div>`
    : nothing}
  ${asks && model.control ? screen : nothing} ${model.noticed.map((run) => unlogged(model, run))}`;
}

/** Asks for a run that was counted and not logged, until it is logged or was none. */
function unlogged({ entry_id: id, control }: ReadModel, run: NoticedRun): TemplateResult {
  const none = (): void => {
    programme(id)
      .act("void_entry", { log_id: run.log_id })
      .catch(() => undefined); // it stays there to be asked again
  };
  return html`<div class="banner">
    <p>${run.text}</p>
    ${control
      ? html`<button type="button" class="ghost" @click=${() => showRun(id, null, run.date)}>
            ${t("log_run")}
          </button>
          <button type="button" class="ghost" @click=${none}>${t("no_run")}</button>`
      : nothing}
  </div>`;
}

function exercises(model: ReadModel, options: Options): Part {
  const { session } = model;
  if (!session.exercises.length) return rest(model);
  return html`<ul class="list">
    ${session.exercises.map((exercise) => item(model, exercise, options))}
  </ul>`;
}

function item(model: ReadModel, exercise: Exercise, options: Options): TemplateResult {
  const tick = (): void => {
    programme(model.entry_id)
      .tick(exercise.item, !exercise.done)
      .catch(() => undefined); // the list shows what is stored
  };
  return html`<li class=${exercise.done ? "done" : ""}>
    <button
      type="button"
      class="exercise"
      aria-label=${`${t("start_exercise", { name: exercise.name })}, ${exercise.dose}`}
      ?disabled=${!mayStart(model, options)}
      @click=${() => begin(model, exercise.item, options)}
    >
      <pht-rehab-figure
        still
        exercise=${exercise.id}
        ?mirrored=${mirrored(model, exercise)}
      ></pht-rehab-figure>
      <span class="text"><strong>${exercise.name}</strong><span>${exercise.dose}</span></span>
    </button>
    <button
      type="button"
      class="tick"
      role="checkbox"
      aria-checked=${exercise.done}
      aria-label=${t("tick", { name: exercise.name })}
      ?disabled=${!model.control}
      @click=${tick}
    >
      ${icon(exercise.done ? "check" : "open")}
    </button>
  </li>`;
}

/** Whether the figure works with its left: the side of the dose, else the affected one. */
function mirrored(model: ReadModel, { side }: Exercise): boolean {
  return (side === "left" || side === "right" ? side : model.worse_side) === "left";
}

function rest(model: ReadModel): Part {
  if (stopped(model)) return nothing;
  if (model.kind === "test" || model.flare_up) return nothing; // the notice above says it
  const [why] = model.reasons;
  return html`<div class="banner">
    <h3>${t("rest_day")}</h3>
    <p>${t("rest_help")}</p>
    ${why && why.id !== "rest_day" ? html`<p>${why.text}</p>` : nothing}
    ${model.next_session
      ? html`<p>${t("next_session", { day: day(model.next_session) })}</p>`
      : nothing}
  </div>`;
}

function mayStart(model: ReadModel, { online }: Options): boolean {
  return model.control && online && !stopped(model);
}

/** The session that was cut off, if it is still what the programme asks for now. */
function resumable(model: ReadModel, draft: Draft): boolean {
  const asked = new Set(model.session.exercises.map((exercise) => exercise.item));
  return (
    draft.date === model.today &&
    !model.flare_up &&
    !stopped(model) &&
    draft.exercises.every((exercise) => asked.has(exercise.item))
  );
}

/** Play one exercise, or go on with a session under way: it would be lost otherwise. */
function begin(model: ReadModel, only: string | undefined, { voice }: Options): void {
  const draft = draftOf(model.entry_id);
  if (draft) resume(model, draft, voice, !resumable(model, draft));
  else play(model, only, voice);
}

interface Action {
  label: string;
  act: () => void;
}

function actions(model: ReadModel, options: Options): Action[] {
  const { session, morning_check: check, entry_id: id } = model;
  const draft = draftOf(id);
  const left = session.exercises.filter((exercise) => !exercise.done);
  const found: Action[] = [];
  if (draft) {
    const label = resumable(model, draft) ? t("resume_session") : t("save_interrupted");
    found.push({ label, act: () => begin(model, undefined, options) });
  }
  if (check.open) found.push({ label: t("morning_check"), act: () => showMorning(id) });
  if (model.ready) {
    const label = t("move_on_to", { stage: model.next_stage_name ?? "" });
    found.push({ label, act: () => showConfirm(id) });
  }
  const planned = plannedRun(model);
  if (planned) found.push({ label: t("log_run"), act: () => showRun(id, planned) }); // run first
  if (left.length && !session.skipped && !draft && mayStart(model, options)) {
    const minutes = Math.round(left.reduce((sum, exercise) => sum + exercise.minutes, 0));
    const label = plural("start_session", left.length, { minutes });
    found.push({ label, act: () => play(model, undefined, options.voice) });
  }
  if (model.weekly_check.due) found.push({ label: t("weekly"), act: () => showWeekly(id) });
  if (model.kind === "paused") {
    found.push({ label: t("resume_programme"), act: () => showResume(id) });
  }
  return found;
}

/** The one thing to do next, and what else there is. */
function primary(model: ReadModel, options: Options): Part {
  if (!model.control) return html`<p class="small quiet">${t("read_only")}</p>`;
  const { session } = model;
  const [first, ...others] = actions(model, options);
  const done = session.exercises.length > 0 && session.exercises.every((one) => one.done);
  return html`${done ? html`<p class="all-done">${t("all_done")}</p>` : nothing}
  ${others.map(
    (one) => html`<button type="button" class="ghost" @click=${one.act}>${one.label}</button>`,
  )}
  ${first
    ? html`<button type="button" class="primary next" @click=${first.act}>${first.label}</button>`
    : nothing}`;
}

function more(model: ReadModel): TemplateResult {
  const open = model.criteria.filter((line) => line.met !== true);
  return html`<details>
      <summary>
        ${model.next_stage_name && open.length
          ? t("waits_for", {
              stage: model.next_stage_name,
              open: open.length,
              count: model.criteria.length,
            })
          : t("why")}
      </summary>
      <div class="stack tight">
        ${model.reasons.map((reason) => html`<p>${reason.text}</p>`)}
        ${model.last_change ? html`<p class="quiet">${model.last_change.text}</p>` : nothing}
        ${criteria(model.criteria)}
      </div>
    </details>
    ${crossTraining(model)}
    ${model.tests.some((test) => test.due || test.asked) && model.control
      ? html`<button type="button" class="ghost" @click=${() => showTests(model.entry_id)}>
          ${t("tests")}${model.session.tests.length && !model.session.logged
            ? html` · ${t("due_today")}`
            : nothing}
        </button>`
      : nothing}
    ${model.control
      ? html`<button type="button" class="ghost" @click=${() => showEvent(model.entry_id)}>
          ${t("event")}
        </button>`
      : nothing}
    ${model.control && model.running && !plannedRun(model) && !stopped(model)
      ? html`<button type="button" class="ghost" @click=${() => showRun(model.entry_id, null)}>
          ${isDone(model) ? t("log_other_run") : t("log_run")}
        </button>`
      : nothing}`;
}
