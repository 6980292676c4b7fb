import type { Sentence } from '../reader.ts';

/** Of points that people give, and of teams. */
export const grading: readonly Sentence[] = [
  ['There is no participant "{}".', 'Det finns ingen deltagare ”{1}”.'],
  ['Ask for their name.', 'Fråga efter namnet.'],
  ['It is worth {} points.', 'Det är värt {1} poäng.'],
  ['Give 0 to {}.', 'Ge 0 till {1}.'],
  ['The participant presses Check first.', 'Deltagaren trycker först på Kontrollera.'],
  ['The rubric of the step has no "{}".', 'Stegets bedömningsmatris har ingen ”{1}”.'],
  ['See `rubric` of the step.', 'Se stegets `rubric`.'],
  ['The lab has no role "{}".', 'Labben har ingen roll ”{1}”.'],
  ['It has {}.', 'Den har {1}.'],
  ['It has none: leave the role out.', 'Den har inga: utelämna rollen.'],
  ['Somebody is in the team twice.', 'Någon är med två gånger i laget.'],
  ['Name each of them once.', 'Nämn var och en en gång.'],
  ['{} began the attempt and stays in its team.', '{1} började försöket och är kvar i laget.'],
  ['The team of this line has changed.', 'Laget för den här linan har ändrats.'],
  ['Name them too.', 'Nämn även den personen.'],
  ['See GET /api/grading/attempts for those there are.', 'Se GET /api/grading/attempts för dem som finns.'],
];
