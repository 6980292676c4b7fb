/** What is stored. It follows server/store/schema.ts: who changes that changes this. */
export const en = {
  title: 'Privacy',
  lead: 'Verkstad needs no name, no e-mail address and no account. This page says what it stores all the same, where, and for how long.',
  server: 'On this server',
  serverLead: 'Everything is in one data folder of the server on which this page runs. Nothing is sent anywhere else.',
  id: 'A random name such as p-7k3f9q when you press Try it, the time at which that was, and which line is yours now. Your key is made from it and from a secret of the server.',
  session: 'A hash of the cookie that keeps this browser signed in, with the times at which it was made and used.',
  line: 'Your lines: how they are set up, every command with its value, time and way in (page, OPC UA, MQTT), and the clock. The line is replayed from them.',
  evidence:
    'What the labs judge: which OPC UA and MQTT sessions there were and with which security, the client id that an MQTT program chose, what was subscribed, read, browsed and published (topics and sizes), and what was refused.',
  answers:
    'Your attempts at labs, your answers as typed, each verdict with the facts that it rests on, how many hints you saw, where you were in the lab, and what you asked people for, with their answers.',
  certificates:
    'The certificate that an OPC UA program shows when it connects. It often holds the name of your computer.',
  reports:
    'What you write in the form about accessibility, and the contact that you give there, if any. Who sent it is not stored.',
  address:
    'Your network address is used while you are connected, to hold back floods. It is not written into the database; the log names it only if it opens too many connections without signing in. A proxy or host before this server may keep logs of its own.',
  browser: 'In this browser',
  cookie:
    'One cookie, “verkstad”, that signs you in for 90 days. No script can read it, and it goes to this server only. It is needed for what you asked for, so there is no question about cookies.',
  settings:
    'Your settings, a mark that somebody was signed in here, answers that could not be sent yet, and what you have typed in the panes of the workspace: until it is sent, and for 90 days at most.',
  not: 'What is not there',
  not1: 'No statistics, no trackers, no fonts or scripts from others.',
  not2: 'No other participant sees your line, your answers or your results.',
  long: 'For how long',
  longText:
    'Nothing is deleted by itself. Whoever runs the server decides how long the data folder is kept, and can delete it. Clear the cookie and nobody can tell that the random name was you, unless you wrote who you are in an answer.',
  yours: 'What you can do',
  yoursText: 'You can read and take along everything that labs store about you:',
  results: 'Your results',
  law: 'If you do labs in a course, the university that runs the server is responsible for the data; ask it for its own information, and for access or deletion.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  title: 'Integritet',
  lead: 'Verkstad behöver inget namn, ingen e-postadress och inget konto. Den här sidan berättar vad som ändå sparas, var och hur länge.',
  server: 'På den här servern',
  serverLead: 'Allt ligger i en datamapp på servern som den här sidan körs på. Inget skickas någon annanstans.',
  id: 'Ett slumpat namn som p-7k3f9q när du trycker på Prova, tiden då det skedde och vilken lina som är din just nu. Din nyckel görs av namnet och en hemlighet på servern.',
  session: 'Ett kondensat (hash) av kakan som håller webbläsaren inloggad, med tiderna då den gjordes och användes.',
  line: 'Dina linor: hur de är inställda, varje kommando med värde, tid och väg in (sidan, OPC UA, MQTT) och klockan. Linan spelas upp från dem.',
  evidence:
    'Det som labbarna bedömer: vilka sessioner över OPC UA och MQTT som fanns och med vilken säkerhet, klient-id som ett MQTT-program valde, vad som prenumererades, lästes, bläddrades och publicerades (ämnen och storlekar), och vad som nekades.',
  answers:
    'Dina försök på labbar, dina svar som du skrev dem, varje bedömning med de fakta den vilar på, hur många ledtrådar du sett, var du befann dig i labben, och vad du bett människor om, med deras svar.',
  certificates: 'Certifikatet som ett OPC UA-program visar när det ansluter. Där står ofta datorns namn.',
  reports:
    'Det du skriver i formuläret om tillgänglighet, och kontaktuppgiften om du lämnar någon. Vem som skickade sparas inte.',
  address:
    'Din nätverksadress används medan du är ansluten, för att hejda överbelastning. Den skrivs inte i databasen; loggen nämner den bara om den öppnar för många anslutningar utan att logga in. En proxy eller värd framför servern kan ha egna loggar.',
  browser: 'I den här webbläsaren',
  cookie:
    'En kaka, ”verkstad”, som håller dig inloggad i 90 dagar. Inget skript kan läsa den, och den går bara till den här servern. Den behövs för det du bett om, så någon fråga om kakor ställs inte.',
  settings:
    'Dina inställningar, en markering att någon varit inloggad här, svar som ännu inte kunnat skickas och det du har skrivit i arbetsytans vyer: tills det har skickats, och i högst 90 dagar.',
  not: 'Det som inte finns',
  not1: 'Ingen statistik, inga spårare, inga typsnitt eller skript från andra.',
  not2: 'Ingen annan deltagare ser din lina, dina svar eller dina resultat.',
  long: 'Hur länge',
  longText:
    'Inget raderas av sig självt. Den som driver servern bestämmer hur länge datamappen sparas, och kan radera den. Rensar du kakan kan ingen se att det slumpade namnet var du, om du inte skrev vem du är i ett svar.',
  yours: 'Det du kan göra',
  yoursText: 'Du kan läsa och ta med dig allt som labbar sparar om dig:',
  results: 'Dina resultat',
  law: 'Gör du labbar i en kurs är universitetet som driver servern ansvarigt för uppgifterna; be det om dess egen information, och om utdrag eller radering.',
};
