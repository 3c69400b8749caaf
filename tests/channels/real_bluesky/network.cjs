// Bluesky's own servers on loopback: account directory (PLC), account server (PDS) and AppView, until stdin closes.
// Usage: node network.cjs FOLDER, in which @atproto/dev-env is installed; DB_POSTGRES_URL for the AppView.
// Prints one JSON line {"pds": address}. dev-env's own TestNetwork also starts a moderation service and wants a Redis;
// neither takes part in what is tested, so the three are wired here as it wires them.
const { createRequire } = require('node:module')
const { TestBsky, TestPds, TestPlc, mockNetworkUtilities } = createRequire(process.argv[2] + '/')('@atproto/dev-env')
const { createServer } = require('node:net')

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })

async function main() {
  const plc = await TestPlc.create({})
  const pdsPort = await freePort()
  const bsky = await TestBsky.create({
    plcUrl: plc.url,
    pdsPort,
    repoProvider: `ws://localhost:${pdsPort}`,
    dbPostgresUrl: process.env.DB_POSTGRES_URL,
    dbPostgresSchema: 'appview',
  })
  const pds = await TestPds.create({
    port: pdsPort,
    didPlcUrl: plc.url,
    bskyAppViewUrl: bsky.url,
    bskyAppViewDid: bsky.ctx.cfg.serverDid,
  })
  mockNetworkUtilities(pds, bsky)
  process.stdout.write(JSON.stringify({ pds: pds.url }) + '\n')
  process.stdin.resume()
  process.stdin.on('end', async () => {
    await Promise.allSettled([bsky.close(), pds.close(), plc.close()])
    process.exit(0)
  })
}

main().catch((problem) => {
  process.stderr.write(String(problem && problem.stack) + '\n')
  process.exit(1)
})
