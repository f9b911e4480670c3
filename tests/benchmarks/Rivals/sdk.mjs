// The vendor's JavaScript SDK. Prints milliseconds and milliseconds of the processor, one line a round: node sdk.mjs list|runs|slow ADDRESS ROUNDS TURN
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout } from 'node:timers/promises'

const require = createRequire(new URL('../../conformance/package.json', import.meta.url))
const { MembraneClient } = require('@membranehq/sdk')
const [work, address, rounds, turn] = process.argv.slice(2)
// Only decoded by the SDK, never verified by it.
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'HS256' })}.${part({ iss: 'k', id: 't', exp: 4102444800 })}.x`
const membrane = new MembraneClient({ token, apiUri: work === 'slow' ? `${address}/slow` : address })

async function list() {
  let cursor
  let count = 0
  do {
    const page = await membrane.connections.find({ limit: 1000, cursor })
    count += page.items.length
    cursor = page.cursor
  } while (cursor)
  if (count !== 100_000) throw new Error(`${count} connections`)
}

const run = () => membrane.action('act_1').run({ email: 'ada@example.com' })

async function runs() {
  for (let index = 0; index < 2000; index++) await run()
}

async function slow() {
  let next = 0
  await Promise.all(Array.from({ length: 32 }, async () => { while (next++ < 2000) await run() }))
}

for (let round = 0; round < Number(rounds); round++) {
  while (!existsSync(turn + round)) await setTimeout(10)
  const used = process.cpuUsage()
  const start = performance.now()
  await { list, runs, calls: runs, slow }[work]()
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(used)
  console.log(wall.toFixed(1), ((user + system) / 1000).toFixed(1))
}
