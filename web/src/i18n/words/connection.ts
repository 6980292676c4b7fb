/** The connection test. */
export const en = {
  title: 'Connection test',
  lead: 'Whether your browser and your own programs reach the server from where you are.',
  run: 'Test again',
  browser: 'From this browser',
  http: 'Page and API (HTTP)',
  ws: 'Live values (MQTT over WebSocket)',
  running: 'Testing …',
  ok: 'Works',
  failed: 'Does not work',
  skipped: 'Not tested',
  httpOk: 'Server {version} answered {n} times, in {ms}\u00a0ms at the median.',
  wsOk: 'Connected in {connectMs}\u00a0ms; the first value came after {valueMs}\u00a0ms.',
  wsNobody: 'Press Try it on the first page first: a broker belongs to a line.',
  wsNoValue: 'The broker let this browser in, but no value came within {s}\u00a0s.',
  wsFailed:
    'The WebSocket to {url} was not opened within {s}\u00a0s. A proxy that lets pages through may refuse WebSockets: ask for “Upgrade: websocket” to be let through to /mqtt.',
  own: 'From your own programs',
  ownLead: 'A browser cannot open these ports. Try it in a terminal on the machine with your program.',
  opcua: 'OPC UA, port {port}',
  mqtt: 'MQTT, port {port}',
  windows: 'Windows (PowerShell)',
  unix: 'macOS and Linux',
  expect:
    '“TcpTestSucceeded : True” or “succeeded” means that the way is open. Then a refused sign-in is about user name or key, not about the network.',
  closed:
    'No answer, or a time-out? A firewall between you and the server closes the port. Then use the web port for all:',
  connectNote:
    'Put your key in place of the dots. While the command runs, OPC UA is at opc.tcp://127.0.0.1:4840 and MQTT at 127.0.0.1:1883 on your own machine. It needs Node.js and the program from this project.',
  localhost: 'The address {host} means “this machine”: it is reached only from the machine on which the server runs.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  title: 'Anslutningstest',
  lead: 'Om din webbläsare och dina egna program når servern där du är.',
  run: 'Testa igen',
  browser: 'Från den här webbläsaren',
  http: 'Sida och API (HTTP)',
  ws: 'Livevärden (MQTT över WebSocket)',
  running: 'Testar …',
  ok: 'Fungerar',
  failed: 'Fungerar inte',
  skipped: 'Inte testat',
  httpOk: 'Server {version} svarade {n} gånger, på {ms}\u00a0ms i median.',
  wsOk: 'Ansluten på {connectMs}\u00a0ms; första värdet kom efter {valueMs}\u00a0ms.',
  wsNobody: 'Tryck först på Prova på första sidan: en broker hör till en lina.',
  wsNoValue: 'Brokern släppte in webbläsaren, men inget värde kom inom {s}\u00a0s.',
  wsFailed:
    'WebSocket till {url} öppnades inte inom {s}\u00a0s. En proxy som släpper igenom sidor kan neka WebSocket: be att ”Upgrade: websocket” släpps igenom till /mqtt.',
  own: 'Från dina egna program',
  ownLead: 'En webbläsare kan inte öppna de här portarna. Prova i en terminal på datorn där ditt program finns.',
  opcua: 'OPC UA, port {port}',
  mqtt: 'MQTT, port {port}',
  windows: 'Windows (PowerShell)',
  unix: 'macOS och Linux',
  expect:
    '”TcpTestSucceeded : True” eller ”succeeded” betyder att vägen är öppen. Nekas inloggningen då handlar det om användarnamn eller nyckel, inte om nätet.',
  closed:
    'Inget svar, eller tar tiden slut? Då stänger en brandvägg mellan dig och servern porten. Använd webbporten till allt:',
  connectNote:
    'Sätt din nyckel i stället för punkterna. Medan kommandot kör finns OPC UA på opc.tcp://127.0.0.1:4840 och MQTT på 127.0.0.1:1883 på din egen dator. Det behöver Node.js och programmet från det här projektet.',
  localhost: 'Adressen {host} betyder ”den här datorn”: den nås bara från datorn som servern körs på.',
};
