import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Jump } from './clock.ts'
import { FakeLineState } from './line/state.ts'
import type { FakeSlackSnapshot } from './slack/index.ts'

const SAVE_AFTER_MS = 300

/** What the sandbox keeps between two starts: its secrets, the clock, and what the fakes remember. */
export const SandboxFile = z.object({
  version: z.literal(1),
  secrets: z.object({
    lineChannelSecret: z.string().min(32),
    lineAccessToken: z.string().min(32),
    slackSigningSecret: z.string().min(32),
    slackBotToken: z.string().min(32)
  }),
  jumps: z.array(Jump),
  line: FakeLineState,
  slack: z.custom<FakeSlackSnapshot>(isSlackSnapshot, 'is not what the fake Slack wrote')
})
export type SandboxFile = z.infer<typeof SandboxFile>

/** What was saved; undefined when there is nothing. A file that cannot be read is put aside and named in `fault`. */
export function loadSandbox(path: string): { saved: SandboxFile | undefined; fault?: string } {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch {
    return { saved: undefined }
  }
  const parsed = SandboxFile.safeParse(parseJson(content))
  if (parsed.success) return { saved: parsed.data }
  const aside = `${path}.unreadable`
  renameSync(path, aside)
  return { saved: undefined, fault: `The sandbox's memory could not be read and was put aside as ${aside}` }
}

/** Saves soon after each change, and at once when told to; a reader never sees half a file. */
export function sandboxSaver(path: string, current: () => SandboxFile): { changed(): void; flush(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    writeAtomically(path, JSON.stringify(current()))
  }
  return {
    changed() {
      timer ??= setTimeout(flush, SAVE_AFTER_MS)
      timer.unref()
    },
    flush
  }
}

function writeAtomically(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, content, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function isSlackSnapshot(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'version' in value && value.version === 1
}
