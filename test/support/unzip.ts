import { crc32, inflateRawSync } from 'node:zlib'

/** The files of an archive, by its table of contents; throws when one is not what that says. */
export function unzip(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  let at = archive.readUInt32LE(end + 16)
  const files = new Map<string, string>()
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameBytes, extraBytes] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30)]
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes)
    files.set(name, contentOf(archive, at))
    at += 46 + nameBytes + extraBytes
  }
  return files
}

/** What the entry at a place of the table of contents leads to. */
function contentOf(archive: Buffer, entry: number): string {
  const local = archive.readUInt32LE(entry + 42)
  if (archive.readUInt32LE(local) !== 0x04034b50) throw new Error('No file begins where one should')
  const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const packed = archive.subarray(data, data + archive.readUInt32LE(entry + 20))
  const bytes = inflateRawSync(packed)
  if (bytes.length !== archive.readUInt32LE(entry + 24)) throw new Error('A file has another length')
  if (crc32(bytes) !== archive.readUInt32LE(entry + 16)) throw new Error('A file has another sum')
  return bytes.toString('utf8')
}
