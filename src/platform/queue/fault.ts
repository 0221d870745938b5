import { codesOf } from './error-codes.ts'
import { DeliveryError } from './types.ts'

const LONGEST = 500

/**
 * A failure in one line, fit for the store and the log. The words of an error that may quote what a person wrote
 * (a parser's, a database client's) are left out: name, code and place remain.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`
  if (error instanceof DeliveryError) return error.message.slice(0, LONGEST)
  const codes = codesOf(error)
  const said = quotesInput(error, codes) ? codes.map((code) => ` ${code}`).join('') : `: ${firstLine(error.message)}`
  return `${error.name}${said}${placeOf(error)}`.slice(0, LONGEST)
}

function quotesInput(error: Error, codes: readonly string[]): boolean {
  return error instanceof SyntaxError || error.name.startsWith('PrismaClient') || codes.length > 0
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? ''
}

/** The innermost frame that is not a library's. */
function placeOf(error: Error): string {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  const own = frames.find((line) => !line.includes('node_modules') && !line.includes('node:'))
  const [place] = own?.match(/[^/\\]+:\d+:\d+/) ?? []
  return place ? ` (${place})` : ''
}
