/** The help page. */
export const en = {
  title: 'Help',
  first: 'First steps',
  first1: 'Press Try it on the first page. You get a line of your own, with an hour of history behind it.',
  first2:
    'Choose a station in the schematic or in the 3D view. Its state, values and settings stand to the right; “Where this data lives” says how to reach the same value over OPC UA and MQTT.',
  first3:
    'Start a lab. Each step says what to do and what is checked. Press Check as often as you like: the answer says what was seen.',
  first4:
    'Pause, run faster or run until something happens, with the clock at the top. The timeline at the bottom takes you back to any moment.',
  keys: 'Keyboard',
  key: 'Key',
  does: 'What it does',
  keyPanes: 'Next or previous part of the workspace',
  keyTab: 'Next or previous control',
  keyArrows: 'Move in tabs, trees, menus and lists',
  keyEscape: 'Close what is open',
  keyViews: 'Open the first nine views, in the order of their tabs',
  keyPause: 'Pause or run the line',
  keyStations: 'Previous or next station',
  keyReplay: 'Back to live; 10\u00a0s earlier; 10\u00a0s later: while you look at the past',
  keyHelp: 'Shortcuts, in the workspace',
  keysOff: 'Single-key shortcuts can be switched off:',
  tools: 'Connect your own tools',
  toolsLead:
    'Name, key and addresses stand under “Connect your own tools” at the top of your line, with a copy button each. Put your key in place of the dots. In short:',
  uaexpert:
    'UaExpert: add a server, double-click “Custom discovery”, give the endpoint, choose Basic256Sha256 – Sign & Encrypt, sign in with user name and key, and trust the certificate.',
  mosquitto: 'MQTT from a terminal, with your topics:',
  python: 'Python: asyncua for OPC UA and paho-mqtt for MQTT take the same name and key.',
  tunnel:
    'If only the web port is open in your network, this command makes both protocols ports of your own machine. It needs Node.js and the program from this project:',
  test: 'Does it not work? See where it stops:',
  words: 'Words',
  states:
    'A station is running, waiting, in warning, in fault, in service or off. Normal is grey; colour means: look here.',
  time: 'Plant time is the clock of your line. It begins on a Monday morning and goes at the speed that you choose, but never past the wall clock.',
  more: 'More',
} as const;

export const sv: Record<keyof typeof en, string> = {
  title: 'Hjälp',
  first: 'Första stegen',
  first1: 'Tryck på Prova på första sidan. Du får en egen lina, med en timmes historik.',
  first2:
    'Välj en station i schemat eller i 3D-vyn. Dess tillstånd, värden och inställningar står till höger; ”Här finns datan” säger hur du når samma värde över OPC UA och MQTT.',
  first3:
    'Starta en labb. Varje steg säger vad du ska göra och vad som kontrolleras. Tryck på Kontrollera så ofta du vill: svaret säger vad som syntes.',
  first4:
    'Pausa, kör fortare eller kör tills något händer, med klockan högst upp. Tidslinjen längst ned tar dig tillbaka till vilket ögonblick som helst.',
  keys: 'Tangentbord',
  key: 'Tangent',
  does: 'Vad den gör',
  keyPanes: 'Nästa eller föregående del av arbetsytan',
  keyTab: 'Nästa eller föregående reglage',
  keyArrows: 'Flytta i flikar, träd, menyer och listor',
  keyEscape: 'Stäng det som är öppet',
  keyViews: 'Öppna de nio första vyerna, i flikarnas ordning',
  keyPause: 'Pausa eller kör linan',
  keyStations: 'Föregående eller nästa station',
  keyReplay: 'Tillbaka till live; 10\u00a0s tidigare; 10\u00a0s senare: medan du ser det som varit',
  keyHelp: 'Kortkommandon, i arbetsytan',
  keysOff: 'Kortkommandon med en tangent kan stängas av:',
  tools: 'Anslut egna verktyg',
  toolsLead:
    'Namn, nyckel och adresser står under ”Anslut egna verktyg” högst upp i din lina, med var sin kopieringsknapp. Sätt din nyckel i stället för punkterna. I korthet:',
  uaexpert:
    'UaExpert: lägg till en server, dubbelklicka på ”Custom discovery”, ange adressen, välj Basic256Sha256 – Sign & Encrypt, logga in med användarnamn och nyckel och lita på certifikatet.',
  mosquitto: 'MQTT från en terminal, med dina ämnen:',
  python: 'Python: asyncua för OPC UA och paho-mqtt för MQTT tar samma namn och nyckel.',
  tunnel:
    'Är bara webbporten öppen i ditt nät gör det här kommandot båda protokollen till portar på din egen dator. Det behöver Node.js och programmet från det här projektet:',
  test: 'Fungerar det inte? Se var det tar stopp:',
  words: 'Ord',
  states:
    'En station går, väntar, varnar, har fel, har service eller är av. Normalt är grått; färg betyder: titta här.',
  time: 'Anläggningstid är din linas klocka. Den börjar en måndagsmorgon och går med den hastighet du väljer, men aldrig förbi väggklockan.',
  more: 'Mer',
};
