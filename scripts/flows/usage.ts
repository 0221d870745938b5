import { parseArgs } from 'node:util'

/** Takes what goes to standard output. */
export type Out = (text: string) => void

/** One command of `npm run flows`. */
export interface Command {
  readonly usage: string
  readonly about: string
  readonly help?: string
  /** The exit code. */
  run(args: readonly string[], out: Out): Promise<number>
}

/** The command line was not understood. */
export class UsageError extends Error {}

/** Reads `--json`, options with a value, flags ("" when given), and the rest; what is not known is a UsageError. */
export function readArguments<Name extends string = never>(
  args: readonly string[],
  names: readonly Name[] = [],
  flags: readonly Name[] = []
): { json: boolean; options: Partial<Record<Name, string>>; rest: string[] } {
  const values = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  const switches = Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }]))
  const options = { ...values, ...switches, json: { type: 'boolean' as const, default: false } }
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const given: Partial<Record<Name, string>> = {}
    for (const name of [...names, ...flags]) {
      const value: unknown = Object.entries(parsed.values).find(([key]) => key === name)?.[1]
      if (typeof value === 'string') given[name] = value
      else if (value === true) given[name] = ''
    }
    return { json: parsed.values.json === true, options: given, rest: parsed.positionals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A result as text: JSON for machines, else the lines for people. */
export function resultText(json: boolean, value: unknown, lines: readonly string[]): string {
  return json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join('')
}
