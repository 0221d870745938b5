import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino'
import { type LogLevel, scrubbedLog } from './console-log.ts'
import type { Log, LogData } from './scope.ts'

export interface LogOptions {
  /** Values that must never appear in a line: the secrets of the configuration. */
  readonly secrets?: readonly string[]
  /** Receives each line; default: standard error, so that a command's output stays its own. */
  readonly destination?: DestinationStream
  /** Short lines for a person instead of JSON; default: when standard error is a terminal. */
  readonly readable?: boolean
}

/** The log on Node: a JSON line each, through pino. */
export function createLog(options: LogOptions = {}): Log {
  const stream = options.destination ?? destination({ dest: 2, sync: true })
  if (options.readable ?? (options.destination === undefined && process.stderr.isTTY)) {
    return scrubbedLog((level, message, data) => stream.write(readableLine(level, message, data)), options.secrets)
  }
  const logger = pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      nestedKey: 'data',
      formatters: { level: (level) => ({ level }) }
    },
    stream
  )
  return scrubbedLog((level, message, data) => logger[level](data, message), options.secrets)
}

function readableLine(level: LogLevel, message: string, data: LogData): string {
  const time = new Date().toTimeString().slice(0, 8)
  const mark = { info: ' ', warn: '!', error: '✗' }[level]
  const details = Object.keys(data).length > 0 ? ` ${JSON.stringify(data)}` : ''
  return `${time} ${mark} ${message}${details}\n`
}
