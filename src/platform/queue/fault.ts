import { DeliveryError } from './types.ts'

const LONGEST = 500

/**
 * A failure in one line, fit for the store and the log. The words of an error that may quote what a person wrote
 * (a parser's, a database client's) are left out: name, code and place remain.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`
  if (error instanceof DeliveryError) return error.message.slice(0, LONGEST)
  const said = quotesInput(error) ? codeOf(error) : `: ${firstLine(error.message)}`
  return `${error.name}${said}${placeOf(error)}`.slice(0, LONGEST)
}

function quotesInput(error: Error): boolean {
  return error instanceof SyntaxError || error.name.startsWith('PrismaClient') || codeOf(error) !== ''
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
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
