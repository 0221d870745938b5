import type { Flow } from '../rules/schema.ts'
import type { KeptRun } from '../store/runs.ts'

/** A run where it stands now, and the flow it is in. */
export interface Progress {
  readonly flow: Flow
  readonly kept: KeptRun
}
