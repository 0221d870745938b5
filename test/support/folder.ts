import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** Databases of a whole run lie there at the same time, and the doctor warns of less room; many containers give it 64 MB. */
const ROOM_BYTES = 4 * 1024 ** 3

/** Where folders of tests are made: in memory where there is room for them, as a database syncs each of its files. */
const PLACE = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()

function hasRoom(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize > ROOM_BYTES
  } catch {
    return false
  }
}

/** A new, empty folder; whoever makes it removes it. */
export function makeFolder(): string {
  return mkdtempSync(join(PLACE, 'matane-'))
}

/** An empty folder for each call, removed after the test. Use: `const folder = useFolders()` at the top of a file. */
export function useFolders(): () => string {
  const made: string[] = []
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    const folder = makeFolder()
    made.push(folder)
    return folder
  }
}
