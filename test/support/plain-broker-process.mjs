// A plain MQTT broker that lets one user in: node plain-broker-process.mjs USER PASSWORD PORT
import { createServer } from 'node:net';
import process from 'node:process';
import { Aedes } from 'aedes';

const [user, password, port] = process.argv.slice(2);
let published = 0;
const aedes = await Aedes.createBroker({
  authenticate: (_client, name, given, done) => {
    const isRight = name === user && given?.toString() === password;
    done(isRight ? null : Object.assign(new Error('no'), { returnCode: 5 }), isRight);
  },
  // aedes 1.2 loses a retained message that one without the flag overtakes, unless each seems to come by another broker.
  authorizePublish(_client, packet, done) {
    packet.brokerId = String(published++ % 1024);
    done(null);
  },
});
const server = createServer(aedes.handle);
server.listen(Number(port), '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
