/** The yardstick: node:http and nothing else, reading a body and sending it back. */
import { createServer } from 'node:http'
import { listen } from './wire.ts'

const { origin } = await listen(
  createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => response.end(Buffer.concat(chunks)))
  })
)
process.send?.(origin)
