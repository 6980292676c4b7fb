/** The accessibility statement and its form. */
export const en = {
  title: 'Accessibility of Verkstad',
  lead: 'Everyone should be able to do every lab. This page says what has been done for it, what is known to be missing, and how to tell us about a barrier.',
  standard: 'Which rules we follow',
  standardText:
    'We aim at WCAG 2.1, level AA, as EN 301 549 asks of public bodies. We have tested it ourselves; no outside body has audited it. Whoever runs this server for a public body is responsible for its own statement and for answering reports.',
  done: 'What works',
  done1:
    'Everything can be done with the keyboard. F6 goes from part to part of the page; single-key shortcuts can be switched off.',
  done2: 'Everything that the 3D view shows is also in the schematic and in the list of stations, as text.',
  done3: 'A state is told by shape, colour and word together.',
  done4:
    'There are a light, a dark and a high-contrast theme, larger text and reduced motion. They follow your system until you choose.',
  done5: 'Every check of a lab answers in words that are read aloud when they come.',
  done6:
    'Each screen is tested automatically with axe in both languages and all themes, and for widths from 390 pixels.',
  missing: 'What is missing',
  missing1:
    'Curves in Trends and in the timeline are pictures. Their values can be read in the table of signals and downloaded as CSV, but there is no spoken curve.',
  missing2: 'Tests with people who use screen readers, magnification or speech input every day have not been done.',
  missing3:
    'The clock of a line goes on while you read. You can pause it at any time: with P, or with Pause at the top.',
  missing4:
    'Programs that you connect yourself, such as UaExpert, have an accessibility of their own. Each lab can be done in the browser alone.',
  report: 'Report a barrier',
  reportText: 'Tell us what stopped you. What you write is stored on this server and read by those who run it.',
  text: 'What happened?',
  where: 'Where?',
  contact: 'E-mail or telephone, if you want an answer (optional)',
  send: 'Send',
  sending: 'Sending …',
  sent: 'Thank you. The report was stored {date}.',
  empty: 'Write what happened first.',
  authority: 'If you get no answer',
  authorityText:
    'In Sweden the Agency for Digital Government (Digg) supervises the act on accessibility of digital public services. You can complain there if a public body does not mend what you reported.',
} as const;

export const sv: Record<keyof typeof en, string> = {
  title: 'Tillgänglighet i Verkstad',
  lead: 'Alla ska kunna göra varje labb. Den här sidan berättar vad som är gjort för det, vad som veterligen saknas och hur du anmäler ett hinder.',
  standard: 'Vilka regler vi följer',
  standardText:
    'Vi siktar på WCAG 2.1, nivå AA, som EN 301 549 kräver av offentliga aktörer. Vi har testat själva; ingen utomstående har granskat. Den som driver servern för en offentlig aktör ansvarar för sin egen redogörelse och för att besvara anmälningar.',
  done: 'Det här fungerar',
  done1:
    'Allt går att göra med tangentbordet. F6 går mellan sidans delar; kortkommandon med en tangent kan stängas av.',
  done2: 'Allt som 3D-vyn visar finns också i schemat och i listan över stationer, som text.',
  done3: 'Ett tillstånd visas med form, färg och ord tillsammans.',
  done4:
    'Det finns ett ljust, ett mörkt och ett tema med hög kontrast, större text och minskad rörelse. De följer ditt system tills du väljer.',
  done5: 'Varje kontroll i en labb svarar i ord som läses upp när de kommer.',
  done6:
    'Varje skärm testas automatiskt med axe på båda språken och i alla teman, och för bredder från 390 bildpunkter.',
  missing: 'Det här saknas',
  missing1:
    'Kurvor i Trender och i tidslinjen är bilder. Värdena går att läsa i signaltabellen och ladda ner som CSV, men det finns ingen uppläst kurva.',
  missing2: 'Tester med personer som dagligen använder skärmläsare, förstoring eller talinmatning har inte gjorts.',
  missing3: 'Linans klocka går medan du läser. Du kan alltid pausa den: med P, eller med Pausa högst upp.',
  missing4:
    'Program som du själv ansluter, som UaExpert, har sin egen tillgänglighet. Varje labb går att göra i bara webbläsaren.',
  report: 'Anmäl ett hinder',
  reportText: 'Berätta vad som hindrade dig. Det du skriver sparas på den här servern och läses av dem som driver den.',
  text: 'Vad hände?',
  where: 'Var?',
  contact: 'E-post eller telefon, om du vill ha svar (frivilligt)',
  send: 'Skicka',
  sending: 'Skickar …',
  sent: 'Tack. Anmälan sparades {date}.',
  empty: 'Skriv först vad som hände.',
  authority: 'Om du inte får svar',
  authorityText:
    'I Sverige utövar Myndigheten för digital förvaltning (Digg) tillsyn över lagen om tillgänglighet till digital offentlig service. Dit kan du anmäla om en offentlig aktör inte åtgärdar det du har rapporterat.',
};
