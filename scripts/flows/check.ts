import { type CheckedFiles, faultLine } from '../../src/features/definitions/index.ts'
import { check, nothingTakes, readFiles, shownPath } from './definition-files.ts'
import { linkNotes } from './link-note.ts'
import { type Command, type Out, readArguments, resultText, UsageError } from './usage.ts'

export const checkCommand: Command = {
  usage: 'check [file…]',
  about: 'finds what is wrong in the files, all of flows/ when none is named',
  async run(args, out) {
    const { json, rest } = readArguments(args)
    const checked = check(readFiles(rest))
    if (rest.length > 0 && checked.ignored.length > 0) throw new UsageError(nothingTakes(checked.ignored))
    return report(checked, json, out)
  }
}

/** Prints what a check found; the exit code. */
export function report({ good, faults, ignored }: CheckedFiles, json: boolean, out: Out): number {
  const files = good.map(({ path, kind, key }) => ({ path: shownPath(path), kind: kind.kind, key }))
  const found = faults.map((fault) => ({ ...fault, path: shownPath(fault.path) }))
  const lines = [
    ...files.map(({ path, kind, key }) => `ok  ${path} (${kind} ${key})`),
    ...ignored.map((path) => `--  ${shownPath(path)} (left alone)`),
    ...found.map(faultLine),
    ...linkNotes(good),
    found.length > 0 ? `${found.length} fault${found.length === 1 ? '' : 's'}` : `${files.length} good`
  ]
  out(resultText(json, { ok: found.length === 0, files, faults: found, ignored: ignored.map(shownPath) }, lines))
  return found.length === 0 ? 0 : 1
}
