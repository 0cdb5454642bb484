/**
 * The read models as Python writes them; `tests/test_websocket.py` keeps the files true.
 *
 * That they are what `types.ts` says is checked where they are taken for it, by the compiler: a
 * field that has another name or another type on one of the two sides does not get past it.
 */

import ran from "../../tests/wire/runner.json";
import told from "../../tests/wire/read_model.json";
import twice from "../../tests/wire/both.json";
import type { ReadModel } from "../src/types";

/** A type as a JSON file has it: any text for one of a few, a list for a pair or three. */
type Json<T> = T extends string
  ? string
  : T extends readonly (infer One)[]
    ? Json<One>[]
    : T extends object
      ? { [Key in keyof T]: Json<T[Key]> }
      : T;

/** The fields of a type that the files do not fill: what may be missing could be misspelt there. */
type Unseen<T, File, At extends string = ""> = T extends readonly (infer One)[]
  ? Unseen<One, File extends readonly (infer Found)[] ? Found : never, At>
  : T extends object
    ? [File] extends [never]
      ? At
      : {
          [Key in keyof T & string]-?: string extends Key
            ? never
            : Key extends Fields<File>
              ? Unseen<NonNullable<T[Key]>, Field<File, Key>, Key>
              : Key;
        }[keyof T & string]
    : never;
type Fields<File> = File extends object ? keyof File : never;
type Field<File, Key> = File extends Partial<Record<string, unknown>>
  ? Key extends keyof File
    ? NonNullable<File[Key]>
    : never
  : never;

const model: Json<ReadModel> = told;
const runner: Json<ReadModel> = ran;
const both: Json<ReadModel> = twice;

/** Nobody of the three walks a drill for its metres, or has told enough for a pattern. */
const unseen: Unseen<ReadModel, typeof told | typeof ran | typeof twice>[] = [];
unseen satisfies ("metres" | "patterns")[];

/** Somebody at slow strength, after two weeks. */
export const MODEL = model as ReadModel;
/** Somebody on the way back to running. */
export const RUNNER = runner as ReadModel;
/** Somebody with two sides, the right one in a flare-up, and a run that nobody logged. */
export const BOTH = both as ReadModel;
