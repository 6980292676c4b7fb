import type { Sentence } from '../reader.ts';

/** Of SQL over the history, and of what takes too long. */
export const data: readonly Sentence[] = [
  ['There is nothing from {} to {}.', 'Det finns inget från {1} till {2}.'],
  ['Begin before the end; it is {} now.', 'Börja före slutet; klockan är {1} nu.'],
  [
    'There are more than {} rows, and a CSV file cannot say that some are missing.',
    'Det finns fler än {1} rader, och en CSV-fil kan inte säga att några saknas.',
  ],
  [
    'Take them in parts, with LIMIT and OFFSET, or ask for JSON.',
    'Hämta dem i delar med LIMIT och OFFSET, eller begär JSON.',
  ],
  // What SQLite says itself.
  ['No such table: {}.', 'Det finns ingen tabell {1}.'],
  ['No such column: {}.', 'Det finns ingen kolumn {1}.'],
  ['No such function: {}.', 'Det finns ingen funktion {1}.'],
  ['Ambiguous column name: {}.', 'Kolumnen {1} finns i flera tabeller.'],
  ['Near "{}": syntax error.', 'Syntaxfel vid ”{1}”.'],
  ['Unrecognized token: "{}".', 'Okänt tecken: ”{1}”.'],
  ['Incomplete input.', 'Frågan slutar för tidigt.'],
  ['Misuse of aggregate: {}.', '{1} kan inte användas här.'],
  ['Wrong number of arguments to function {}.', 'Fel antal argument till {1}.'],
  ['String or blob too big.', 'Texten är för stor.'],
  ['The tables are {}.', 'Tabellerna är {1}.'],
  [
    "Texts stand in single quotes: path = 'ST03.Spindle.Load'.",
    "Text står i enkla citattecken: path = 'ST03.Spindle.Load'.",
  ],
  ['Look up the columns of each table beside the query.', 'Kolumnerna i varje tabell står bredvid frågan.'],
  ['Say of which table: p.{}.', 'Ange av vilken tabell: p.{1}.'],
  [
    'See the functions of SQLite: sqlite.org/lang_corefunc.html.',
    'Se SQLites funktioner: sqlite.org/lang_corefunc.html.',
  ],
  [
    'Something is missing at the end, such as a bracket or a name.',
    'Något saknas i slutet, till exempel en parentes eller ett namn.',
  ],
  ['This is for reading: begin with SELECT or WITH.', 'Det här är för läsning: börja med SELECT eller WITH.'],
  [
    'Ask for less at once: fewer rows, a shorter window.',
    'Begär mindre åt gången: färre rader, ett kortare tidsfönster.',
  ],
  ['Give it as text: CAST(… AS TEXT).', 'Ge det som text: CAST(… AS TEXT).'],
  ['See how SQLite wants it: sqlite.org/lang_select.html.', 'Se hur SQLite vill ha det: sqlite.org/lang_select.html.'],
  [
    'Name fewer signals, take a shorter window, or take values at whole seconds instead of all samples.',
    'Nämn färre signaler, ta ett kortare tidsfönster, eller värden på hela sekunder i stället för alla sampel.',
  ],
  ['Take a shorter window.', 'Ta ett kortare tidsfönster.'],
  ['The window holds more of {} than one query can be given.', 'Tidsfönstret har mer av {1} än en fråga kan få.'],
  ['There is no query.', 'Det finns ingen fråga.'],
  ['Write one, such as SELECT * FROM events.', 'Skriv en, till exempel SELECT * FROM events.'],
  ['{} is not allowed here.', '{1} är inte tillåtet här.'],
  ['Begin with SELECT or WITH: this is for reading.', 'Börja med SELECT eller WITH: det här är för läsning.'],
  ['There is a second statement.', 'Det finns en andra sats.'],
  ['Ask for one thing at a time.', 'Ställ en fråga i taget.'],
  ['Ask for the tables of the line.', 'Fråga efter linans tabeller.'],
  [
    'The query reads the table signals, but names no signal of this line.',
    'Frågan läser tabellen signals men nämner ingen av linans signaler.',
  ],
  [
    "Say which: WHERE path = 'ST03.Spindle.Load', path IN (…) or path LIKE 'ST%.Meter.Power'. The table signal_list has them all.",
    "Ange vilken: WHERE path = 'ST03.Spindle.Load', path IN (…) eller path LIKE 'ST%.Meter.Power'. Tabellen signal_list har alla.",
  ],
  ['The query names {} signals; {} are the most at once.', 'Frågan nämner {1} signaler; {2} är det mesta åt gången.'],
  ['Name fewer, or a narrower pattern.', 'Nämn färre, eller ett snävare mönster.'],
  [
    'Ask for less: a shorter window, a LIMIT in the recursion, a condition for each join.',
    'Begär mindre: ett kortare tidsfönster, en LIMIT i rekursionen, ett villkor för varje join.',
  ],
  ['The query took longer than {} s and was ended.', 'Frågan tog mer än {1} s och avbröts.'],
  ['The query took too much memory.', 'Frågan tog för mycket minne.'],
  ['Ask for less: a shorter window, fewer signals.', 'Begär mindre: ett kortare tidsfönster, färre signaler.'],
  ['The process of SQLite ended with {}.', 'SQLite avslutades med {1}.'],
  ['{} of your requests are waiting already.', '{1} av dina anrop väntar redan.'],
  ['Wait for their answers before you ask for more.', 'Vänta på svaren innan du begär mer.'],
  ['That took too long.', 'Det tog för lång tid.'],
  [
    'Ask for less: fewer signals or forks, or a shorter window.',
    'Begär mindre: färre signaler eller körningar, eller ett kortare tidsfönster.',
  ],
  ['That took too much memory.', 'Det tog för mycket minne.'],
];
