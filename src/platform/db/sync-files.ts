import fs from 'node:fs'
import { join } from 'node:path'

/** Brings a whole folder to the disk: files, folders, and the folder itself. */
export function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory()) syncPath(join(entry.parentPath, entry.name))
  }
  syncPath(folder)
}

/** Brings one file, or a folder's list of names, to the disk. */
export function syncPath(path: string): void {
  const descriptor = fs.openSync(path, 'r')
  try {
    fs.fsyncSync(descriptor)
  } catch (error) {
    // Some systems cannot sync a folder; a file must be.
    if (fs.fstatSync(descriptor).isFile()) throw error
  } finally {
    fs.closeSync(descriptor)
  }
}
