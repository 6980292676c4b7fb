/** Home. */
export const en = {
  'home.lead':
    'Verkstad gives you a whole virtual pump factory that speaks real OPC UA and real MQTT. You configure it, watch it and find out why it behaves as it does – and every exercise is judged by what really happened in the line and on the wire.',
  'home.try': 'Try it',
  'home.tryNote': 'No account. You get a line of your own within a second.',
  'home.opening': 'Starting your line …',
  'home.resume': 'Continue with your line',
  'home.resumeNote': 'You are signed in as {id}.',
  'home.points': 'What you get',
  'home.point1': 'A line that lives',
  'home.point1Text':
    'Twelve stations, carriers with RFID, a robot, printers and AGVs. Machines starve, block, fail and are repaired. Run time up to a hundred times faster.',
  'home.point2': 'The real protocols',
  'home.point2Text':
    'Use UaExpert, MQTT Explorer, Python, Node-RED or what you will use at work. Or do everything here in the browser, over the same servers.',
  'home.point3': 'Judged by what happened',
  'home.point3Text':
    'A check looks at sessions, subscriptions and the plant’s own truth, and tells you what it saw. Try as often as you like.',
  'home.labs': 'Labs',
  'home.minutes': 'about {minutes}\u00a0min',
  'home.start': 'Start',
  'home.startLab': 'Start {lab}',
  'home.noLabs': 'No labs are installed on this server.',
  'home.footer': 'Open source under the MIT licence.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  'home.lead':
    'Verkstad ger dig en hel virtuell pumpfabrik som talar riktig OPC UA och riktig MQTT. Du ställer in den, följer den och tar reda på varför den beter sig som den gör – och varje uppgift bedöms efter vad som verkligen hände i linan och på nätet.',
  'home.try': 'Prova',
  'home.tryNote': 'Inget konto behövs. Du får en egen lina inom en sekund.',
  'home.opening': 'Startar din lina …',
  'home.resume': 'Fortsätt med din lina',
  'home.resumeNote': 'Du är inloggad som {id}.',
  'home.points': 'Det här får du',
  'home.point1': 'En lina som lever',
  'home.point1Text':
    'Tolv stationer, bärare med RFID, en robot, skrivare och AGV:er. Maskiner svälter, blockeras, går sönder och repareras. Kör tiden upp till hundra gånger fortare.',
  'home.point2': 'De riktiga protokollen',
  'home.point2Text':
    'Använd UaExpert, MQTT Explorer, Python, Node-RED eller det du kommer att använda på jobbet. Eller gör allt här i webbläsaren, mot samma servrar.',
  'home.point3': 'Bedömd efter vad som hände',
  'home.point3Text':
    'En kontroll ser på sessioner, prenumerationer och linans eget facit, och berättar vad den såg. Försök så många gånger du vill.',
  'home.labs': 'Labbar',
  'home.minutes': 'cirka {minutes}\u00a0min',
  'home.start': 'Starta',
  'home.startLab': 'Starta {lab}',
  'home.noLabs': 'Inga labbar är installerade på den här servern.',
  'home.footer': 'Öppen källkod under MIT-licensen.',
};
