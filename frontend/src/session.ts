/** A session under way: what is played, what was said of it, and how it is kept and sent. */

import { deliver, forgetDraft, freshId, saveDraft, type Draft } from "./outbox";
import { Playback } from "./playback";
import type { Answer, Programme } from "./programme";
import type { Exercise, OneSide, ReadModel, Step } from "./types";

export interface Told {
  /** Undefined while Home Assistant cannot be reached: it is kept and sent later. */
  answer?: Answer;
}

export class GuidedSession {
  readonly playback: Playback;
  readonly sessionId: string;
  pain: number | null;
  /** Of each side, where two are told of apart. */
  readonly pains: Partial<Record<OneSide, number | null>>;
  effort: number | null;
  /** Exercises that the person says were not done after all, by index. */
  readonly undone = new Set<number>();
  cutShort: boolean;
  /** Taken in the hours before: the session then counts for no step up. */
  painkiller: boolean;
  /** One exercise alone: the rest of the day's session stays due. */
  readonly single: boolean;

  constructor(
    readonly entryId: string,
    readonly date: string,
    readonly exercises: Exercise[],
    readonly steps: Step[],
    now: () => number,
    draft?: Draft,
    readonly sides: OneSide[] = draft?.sides ?? [],
    single = false,
  ) {
    this.sessionId = draft?.sessionId ?? freshId();
    this.pain = draft?.pain ?? null;
    this.pains = draft?.pains ?? {};
    this.effort = draft?.effort ?? null;
    this.cutShort = draft?.cutShort ?? false;
    this.painkiller = draft?.painkiller ?? false;
    this.single = draft?.single ?? single;
    this.playback = new Playback(steps, now, draft?.playback);
  }

  /** What is left of today, or one exercise of it. */
  static of(model: ReadModel, only: string | undefined, now: () => number): GuidedSession {
    const { exercises } = model.session;
    const wanted = exercises.filter((one) => (only ? one.item === only : !one.done));
    const kept = wanted.map((one) => exercises.indexOf(one));
    const steps = model.session.steps
      .filter((step) => kept.includes(step.exercise))
      .map((step) => ({ ...step, exercise: kept.indexOf(step.exercise) }));
    if (steps.at(-1)?.act === "rest") steps.pop();
    const sides: OneSide[] = model.side === "both" ? ["left", "right"] : [];
    const { entry_id: id, today } = model;
    return new GuidedSession(id, today, wanted, steps, now, undefined, sides, !!only);
  }

  /** One that was cut off by a reload or a killed app. */
  static resumed(draft: Draft, now: () => number): GuidedSession {
    const { entryId, date, exercises, steps } = draft;
    return new GuidedSession(entryId, date, exercises, steps, now, draft);
  }

  /** Keep where it is, for a reload or a killed app. */
  keep(): void {
    saveDraft({
      entryId: this.entryId,
      sessionId: this.sessionId,
      date: this.date,
      exercises: this.exercises,
      steps: this.steps,
      playback: this.playback.save(),
      pain: this.pain,
      pains: this.pains,
      sides: this.sides,
      effort: this.effort,
      cutShort: this.cutShort,
      painkiller: this.painkiller,
      single: this.single,
      savedAt: Date.now(),
    });
  }

  /** Note that it hurts; from `limit` on the exercise under way ends. */
  hurts(score: number, limit: number): void {
    const { side } = this.playback.step ?? {};
    const hurting = this.sides.filter((one) => one === side);
    for (const one of hurting.length ? hurting : this.sides) {
      this.pains[one] = Math.max(score, this.pains[one] ?? 0);
    }
    this.pain = Math.max(score, this.pain ?? 0);
    if (score >= limit) {
      this.cutShort = true;
      this.playback.skipExercise();
    }
    this.playback.resume();
    this.keep();
  }

  /** The person wants none of it stored. */
  discard(): void {
    forgetDraft(this.entryId, this.sessionId);
  }

  setsDone(index: number): number {
    return this.undone.has(index) ? 0 : this.playback.sets(index);
  }

  /** What the programme is told: the exercises that were begun, and how much of them. */
  result(of?: OneSide): Record<string, unknown> & { exercises: string[] } {
    const other = of === "left" ? "right" : "left";
    const pain = of ? (this.pains[of] ?? null) : this.pain;
    let sets = 0;
    let planned = 0;
    const begun: string[] = [];
    this.exercises.forEach((exercise, index) => {
      const done = this.setsDone(index);
      if (!done || (of && exercise.side === other)) return;
      begun.push(exercise.id);
      sets += Math.min(done, exercise.sets);
      planned += exercise.sets;
    });
    return {
      session_id: of ? `${this.sessionId}-${of}` : this.sessionId,
      date: this.date,
      ...(of ? { side: of } : {}),
      exercises: begun,
      completed: planned ? Math.round((100 * sets) / planned) : 0,
      ...(this.single ? {} : { whole: true }),
      ...(this.cutShort ? { cut_short: true } : {}),
      ...(this.painkiller ? { painkiller: true } : {}),
      ...(pain !== null ? { pain_during: pain } : {}),
      ...(this.effort !== null ? { effort: this.effort } : {}),
    };
  }

  /** Send it. Throws if it is refused; it is kept on the device then, as it was. */
  async send(programme: Programme): Promise<Told> {
    try {
      let answer: Answer | undefined;
      for (const of of this.sides.length ? this.sides : [undefined]) {
        const data = this.result(of);
        if (of && !data.exercises.length && !data["whole"]) continue;
        answer = await deliver(programme, { entryId: this.entryId, data });
      }
      forgetDraft(this.entryId, this.sessionId);
      return answer ? { answer } : {};
    } catch (error) {
      this.keep();
      throw error;
    }
  }
}
