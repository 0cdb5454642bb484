/** Plays a flat list of steps against a clock; knows no rule, no screen and no sound. */

import type { Step } from "./types";

/** A gap this long between two looks means that the device slept: nobody did these sets. */
export const ASLEEP_MS = 60_000;
const BACK_GRACE_MS = 2_000;

export type Phase = "out" | "pause" | "back";

export interface Rep {
  number: number;
  phase: Phase;
  /** How far into the phase, 0 to 1. */
  fraction: number;
}

export interface Saved {
  index: number;
  elapsed: number;
  /** Indexes of the steps of work that were done. */
  done: number[];
}

const isWork = (step: Step): boolean =>
  step.act === "hold" || step.act === "reps" || step.act === "walk";

export class Playback {
  index = 0;
  paused = false;
  private readonly done: Set<number>;
  private began: number;
  private held = 0;
  private looked: number;

  constructor(
    readonly steps: readonly Step[],
    private readonly now: () => number,
    saved?: Saved,
  ) {
    this.began = this.looked = now();
    const fits = saved && saved.index <= steps.length;
    this.done = new Set(fits ? saved.done : []);
    if (fits) {
      this.index = saved.index;
      this.began -= saved.elapsed;
      this.pause();
    }
  }

  get step(): Step | undefined {
    return this.steps[this.index];
  }

  get finished(): boolean {
    return this.index >= this.steps.length;
  }

  /** Milliseconds since the step began, pauses left out. */
  get elapsed(): number {
    return (this.paused ? this.held : this.now()) - this.began;
  }

  /** Seconds left, or undefined where the person says when it is done. */
  get remaining(): number | undefined {
    const seconds = this.step?.seconds;
    return seconds === undefined ? undefined : Math.max(0, seconds - this.elapsed / 1000);
  }

  get fraction(): number {
    const seconds = this.step?.seconds;
    return seconds ? Math.min(1, this.elapsed / 1000 / seconds) : 0;
  }

  /** Where in its repetitions a step of repetitions is. */
  get rep(): Rep | undefined {
    const step = this.step;
    if (step?.act !== "reps" || !step.tempo || !step.reps) return undefined;
    const [out, pause, back] = step.tempo;
    const one = out + pause + back;
    const seconds = Math.min(this.elapsed / 1000, step.reps * one - 1e-6);
    const number = Math.floor(seconds / one) + 1;
    const inside = seconds % one;
    if (inside < out) return { number, phase: "out", fraction: inside / out };
    if (inside < out + pause) return { number, phase: "pause", fraction: (inside - out) / pause };
    return { number, phase: "back", fraction: (inside - out - pause) / back };
  }

  /** Look at the clock; returns whether another step has begun. */
  tick(): boolean {
    const gap = this.now() - this.looked;
    this.looked = this.now();
    if (this.paused || this.finished) return false;
    if (gap > ASLEEP_MS) {
      this.began += gap;
      this.pause();
      return false;
    }
    let moved = false;
    while (!this.finished && this.remaining === 0) {
      const over = this.elapsed - this.step!.seconds! * 1000;
      this.complete();
      this.began = this.now() - over;
      moved = true;
    }
    return moved;
  }

  pause(): void {
    if (this.paused) return;
    this.held = this.now();
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.began += this.now() - this.held;
    this.looked = this.now();
    this.paused = false;
  }

  /** Go on with the next step; a set that is left early by hand counts as done. */
  next(): void {
    if (this.finished) return;
    this.complete();
    this.restart();
  }

  /** Begin the set anew, or go back to the one before if it has only just begun. */
  back(): void {
    let target = this.index;
    const early = this.finished || this.elapsed < BACK_GRACE_MS || !isWork(this.step!);
    if (early) {
      target -= 1;
      while (target > 0 && !isWork(this.steps[target]!)) target -= 1;
      const work = this.steps[target];
      if (target < 0 || !work || !isWork(work)) return;
    }
    this.done.delete(target);
    this.index = target;
    this.restart();
  }

  /** Leave the rest of this exercise undone. */
  skipExercise(): void {
    const current = this.step?.exercise;
    while (!this.finished && this.step!.exercise === current) this.index += 1;
    this.restart();
  }

  save(): Saved {
    return { index: this.index, elapsed: this.elapsed, done: [...this.done] };
  }

  /** Sets done of an exercise; one side of a set is half of it. */
  sets(exercise: number): number {
    const own = this.steps.flatMap((step, index) =>
      step.exercise === exercise && isWork(step) ? [{ side: step.side, index }] : [],
    );
    const sides = new Set(own.map((one) => one.side)).size || 1;
    return own.filter((one) => this.done.has(one.index)).length / sides;
  }

  private complete(): void {
    if (isWork(this.step!)) this.done.add(this.index);
    this.index += 1;
  }

  private restart(): void {
    this.began = this.held = this.looked = this.now();
  }
}
