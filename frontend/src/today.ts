/** The view of today: where the programme stands, what is to do, and the one thing to do next. */

import { html, nothing, type TemplateResult } from "lit";
import { icon } from "./icons";
import { draftOf } from "./outbox";
import { play, resume } from "./player";
import { programme } from "./programme";
import { showConfirm, showMorning, showSymptoms, showTests, showUnlock } from "./sheets";
import { day, plural, t } from "./strings";
import type { Criterion, Exercise, ReadModel } from "./types";

export interface Options {
  voice: boolean;
  compact: boolean;
}

type Part = TemplateResult | typeof nothing;

export function today(model: ReadModel, options: Options): TemplateResult {
  return html`<div class="stack">
    ${course(model)} ${notices(model)} ${exercises(model, options)} ${primary(model, options)}
    ${options.compact ? nothing : more(model)}
  </div>`;
}

function course(model: ReadModel): TemplateResult {
  const days = model.days_to_next_progression;
  return html`<div class="stack tight">
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
      ${t("step", { step: model.dose_step })}${days === null
        ? nothing
        : html` · ${days ? plural("next_step_in", days) : t("next_step_today")}`}
    </p>
  </div>`;
}

/** What the next stage still waits for, in its own words. */
function waiting(model: ReadModel): Part {
  const open = model.criteria.filter((line) => line.met !== true);
  if (!model.next_stage_name || !open.length || model.kind === "locked") return nothing;
  const [first, ...others] = open;
  return html`<p class="small">
    ${t("waits", { stage: model.next_stage_name, first: first!.text })}${others.length
      ? html`, ${plural("waits_more", others.length)}`
      : nothing}
  </p>`;
}

function notices(model: ReadModel): Part {
  const why = model.reasons[0]?.text;
  if (model.kind === "locked") {
    return html`<div class="banner bad" role="alert">
      <h3>${t("locked")}</h3>
      ${model.emergency ? html`<p>${t("emergency")}</p>` : nothing}
      ${model.reasons.slice(0, 2).map((reason) => html`<p>${reason.text}</p>`)}
      ${model.control
        ? html`<button type="button" class="ghost" @click=${() => showUnlock(model.entry_id)}>
            ${t("unlock")}
          </button>`
        : nothing}
    </div>`;
  }
  if (model.kind === "paused") return html`<div class="banner"><p>${why}</p></div>`;
  if (model.flare_up) {
    return html`<div class="banner warn">
      <h3>${t("flare_up")}</h3>
      <p>${t("flare_up_help")}</p>
      <p>${why}</p>
    </div>`;
  }
  const told = model.kind === "test" || model.kind === "light";
  return html`${told && model.session.exercises.length
    ? html`<div class="banner"><p>${why}</p></div>`
    : nothing}
  ${model.ask_again.length && model.control
    ? html`<button type="button" class="ghost" @click=${() => showSymptoms(model.entry_id)}>
        ${t("ask_again")}
      </button>`
    : nothing}`;
}

function exercises(model: ReadModel, { voice }: Options): Part {
  const { session } = model;
  if (!session.exercises.length) return rest(model);
  return html`<ul class="list">
    ${session.exercises.map((exercise) => item(model, exercise, voice))}
  </ul>`;
}

function item(model: ReadModel, exercise: Exercise, voice: boolean): TemplateResult {
  const tick = (): void => {
    programme(model.entry_id)
      .tick(exercise.id, !exercise.done)
      .catch(() => undefined); // the list shows what is stored
  };
  return html`<li class=${exercise.done ? "done" : ""}>
    <button
      type="button"
      class="exercise"
      aria-label=${t("start_exercise", { name: exercise.name })}
      ?disabled=${!model.control}
      @click=${() => play(model, exercise.id, voice)}
    >
      <pht-rehab-figure
        still
        exercise=${exercise.id}
        ?mirrored=${model.side === "left"}
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

function rest(model: ReadModel): Part {
  if (model.kind === "locked" || model.kind === "paused") return nothing;
  return html`<div class="banner">
    <h3>${t("rest_day")}</h3>
    <p>${t("rest_help")}</p>
    ${model.reasons[0] ? html`<p>${model.reasons[0].text}</p>` : nothing}
    ${model.next_session
      ? html`<p>${t("next_session", { day: day(model.next_session) })}</p>`
      : nothing}
  </div>`;
}

/** The one thing to do next, and what else there is. */
function primary(model: ReadModel, { voice }: Options): Part {
  if (!model.control) return html`<p class="small quiet">${t("read_only")}</p>`;
  const { session, morning_check: check } = model;
  const draft = draftOf(model.entry_id, model.today);
  const left = session.exercises.filter((exercise) => !exercise.done).length;
  const actions: { label: string; act: () => void }[] = [];
  if (draft) actions.push({ label: t("resume_session"), act: () => resume(model, draft, voice) });
  if (check.open) {
    actions.push({ label: t("morning_check"), act: () => showMorning(model.entry_id) });
  }
  if (model.ready) {
    actions.push({
      label: t("move_on_to", { stage: model.next_stage_name ?? "" }),
      act: () => showConfirm(model.entry_id),
    });
  }
  if (session.open && left && !draft) {
    actions.push({
      label: plural("start_session", left, { minutes: session.minutes }),
      act: () => play(model, undefined, voice),
    });
  }
  if (model.kind === "paused") {
    const go = (): void => void programme(model.entry_id).act("resume").catch(() => undefined);
    actions.push({ label: t("resume_programme"), act: go });
  }
  const [first, ...others] = actions;
  if (!first) {
    return session.logged ? html`<p class="all-done">${t("all_done")}</p>` : nothing;
  }
  return html`${others.map(
      (one) => html`<button type="button" class="ghost" @click=${one.act}>${one.label}</button>`,
    )}
    <button type="button" class="primary next" @click=${first.act}>${first.label}</button>`;
}

const SIGNS = { true: "check", false: "open", null: "dash" } as const;

function more(model: ReadModel): TemplateResult {
  const open = model.criteria.filter((line) => line.met !== true);
  return html`<details>
      <summary>
        ${model.next_stage_name
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
        <ul class="criteria">
          ${model.criteria.map(criterion)}
        </ul>
      </div>
    </details>
    ${model.tests.some((test) => test.due || test.asked) && model.control
      ? html`<button type="button" class="ghost" @click=${() => showTests(model.entry_id)}>
          ${t("tests")}${model.session.tests.length
            ? html` · ${t("due_today")}`
            : nothing}
        </button>`
      : nothing}`;
}

function criterion(line: Criterion): TemplateResult {
  const key = String(line.met) as keyof typeof SIGNS;
  const word = { true: "met", false: "not_met", null: "unknown" }[key];
  return html`<li class=${word}>
    ${icon(SIGNS[key])}<span>${line.text}</span><span class="sr">${t(word)}</span>
  </li>`;
}
