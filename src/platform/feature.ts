import type { Hono } from 'hono'
import type { Config } from '../config.ts'
import type { FieldCipher, Tx } from './db/index.ts'
import type { LineHandlers } from './line/handlers.ts'
import type { PersonalData } from './personal-data.ts'
import type { InboxConsumer, Intake } from './queue/index.ts'
import type { Scope } from './scope.ts'
import type { Setting } from './settings/index.ts'
import type { SlackHandlers } from './slack/handlers.ts'
import type { Fact, FiguresChange, Perform, Work } from './work.ts'

/** What a feature's parts get when there is no transaction yet: routes, jobs, Slack handlers. */
export interface Context {
  readonly scope: Scope
  readonly config: Config
  readonly perform: Perform
}

/** A timer that fell due, inside its own unit of work. */
export interface DueTimer {
  readonly name: string
  readonly key: string
  readonly dueAt: Date
  readonly body: string
}

export interface Job {
  readonly name: string
  /** Five-field cron expression, in the configured time zone. */
  readonly cron: string
  run(context: Context, scheduledAt: Date): Promise<void>
}

/** A fault in a file under flows/, at a place such as ["steps", 2, "text"]; `message` says what to write instead. */
export interface DefinitionFault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** A definition beside others: those that are checked with it, and those that stay in force. */
export interface Neighbour {
  readonly kind: string
  readonly key: string
  /** What its kind's `check` gave. */
  readonly body: unknown
}

/** What a definition is going to stand among. */
export interface Surroundings {
  /** All that will be in force, itself included. */
  readonly definitions: readonly Neighbour[]
  /** Variables of the configuration that are not set where it is published; none while that is not known. */
  readonly unset: readonly string[]
}

/** Something a shop edits as a YAML file: what it may say, and what publishing it entails. */
export interface DefinitionKind {
  /** "survey", "scenario", "stamp_card", "shops". */
  readonly kind: string
  /** File names it takes, below flows/: "surveys/" a folder, "loyalty/shops.yaml" one file. */
  readonly files: string
  /** Checks a parsed file: the body to publish under its key, or every fault at once. */
  check(input: unknown): { ok: true; key: string; body: unknown } | { ok: false; faults: readonly DefinitionFault[] }
  /** Faults of a good body that only its surroundings show: names of definitions that there are not. */
  readonly together?: (body: unknown, around: Surroundings) => readonly DefinitionFault[]
  /** Runs with the publication of a new version, in the same transaction. */
  readonly published?: (tx: Tx, cipher: FieldCipher, body: unknown, at: Date) => Promise<void>
}

/** Two customers who become one: `from` is no more, `into` has both histories. */
export interface MergedPair {
  readonly from: string
  readonly into: string
}

/**
 * What it means for the rows of a room that two customers become one. Rows with a customer_id move by themselves; where
 * that would break a unique key, those of `into` stay and those of `from` go, and a merge that is undone brings them back.
 */
export interface Merging {
  /** Before the rows move: settles what one customer cannot have twice. Whatever it changes in rows of the two is undone too. */
  readonly settle?: (work: Work, pair: MergedPair) => Promise<void>
  /** Once rows are where they belong, after a merge and after its undoing: makes anew what is derived from others. */
  readonly derive?: (work: Work, customerIds: readonly string[]) => Promise<void>
  /** Tables that `derive` makes wholly: they neither move nor are remembered. */
  readonly derived?: readonly string[]
  /** Tables with so many rows that only whose they are is remembered: `settle` must leave them alone. */
  readonly long?: readonly string[]
  /** Rows without a foreign key that belong to the customer of another row: those of `table` to that of `column`. */
  readonly belongs?: readonly { readonly table: string; readonly column: string; readonly to: string }[]
}

/** Where webhooks hand over what they were told, to be stored before it is acknowledged. */
export interface Door {
  readonly context: Context
  readonly intake: Intake
}

export type HttpEnv = { Variables: { context: Context } }

/** A capability of the product. app.ts lists them; removing the line removes the capability. */
export interface Feature {
  readonly name: string
  readonly line?: LineHandlers
  readonly slack?: SlackHandlers
  /** What to do when a fact is recorded, by its name; runs in the same transaction. */
  readonly on?: Readonly<Record<string, (work: Work, fact: Fact) => Promise<void>>>
  /**
   * What to do when figures of customers have changed, in the same transaction: up to a thousand at once, so that it takes a
   * fixed number of statements. Answers the facts that come of it, for events to record and announce.
   */
  readonly onFigures?: (work: Work, changes: readonly FiguresChange[]) => Promise<readonly Fact[]>
  /** What to do when a timer of this kind falls due. */
  readonly timers?: Readonly<Record<string, (work: Work, timer: DueTimer) => Promise<void>>>
  readonly jobs?: readonly Job[]
  /** What managers can choose for the whole workspace, with "/matane settings". Read with `readSetting`. */
  readonly settings?: readonly Setting[]
  /** What to do when a setting, anybody's, has a new value, by its name; runs in the same transaction. */
  readonly onSetting?: Readonly<Record<string, (work: Work) => Promise<void>>>
  readonly definitions?: readonly DefinitionKind[]
  /** What to do when two customers turn out to be one person; nothing to say = its rows just move. */
  readonly merge?: Merging
  readonly routes?: (app: Hono<HttpEnv>) => void
  /**
   * Routes that other systems call: nothing stands before them, so that each proves who calls and limits what it reads. What
   * they take in goes through `door.intake`, and is handled by the consumers in `inbox`, or is stored before they answer.
   */
  readonly webhooks?: (app: Hono<HttpEnv>, door: Door) => void
  /** What to do with rows of the inbox, one consumer for each source. */
  readonly inbox?: readonly InboxConsumer[]
  /** What the room keeps about customers: every table with something about a person is claimed by one room. */
  readonly personalData?: PersonalData
  /** Figures for /readyz, under the feature's name. A throw means that the server cannot do its work. */
  readonly health?: (context: Context) => Promise<Readonly<Record<string, unknown>>>
}
