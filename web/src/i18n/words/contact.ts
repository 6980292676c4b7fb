/** What is said when contact, the page or the line is not as it was, and of coming in again. */
export const en = {
  'contact.bars': 'Messages',
  'contact.offline': 'You are offline.',
  'contact.silent': 'No contact with the server.',
  'contact.meanwhile': 'The page tries again by itself. Keep typing: answers are kept in this browser and sent then.',
  'contact.back': 'Contact is back.',
  'contact.outdated': 'Verkstad was renewed while this page was open.',
  'contact.outdatedHint': 'Reload to go on with the new version. Your answers are kept.',
  'contact.reload': 'Reload',
  'contact.oldPart': 'This part of the page is of an older version than the server, and cannot be loaded any more.',
  'contact.oldPartHint': 'Reload the page. Your answers are kept.',
  'contact.moved': 'Your line is another one now.',
  'contact.movedHint':
    'It was changed in another tab or on another device, or the old one was removed. What you answered stays with its lab.',
  'contact.toRecord': 'Go to your results',
  'contact.unattended': 'Your line stands still: nobody has used it for two hours.',
  'contact.unattendedHint': 'It goes on where it stood.',
  'contact.wake': 'Wake the line',

  'signIn.out': 'You are signed out in this browser',
  'signIn.outText':
    'The server does not know this browser any more. Come in again with user name and key. Answers that were not sent yet are kept here and sent then.',
  'signIn.title': 'I have been here before',
  'signIn.text':
    'User name and key stand under “Connect your own tools” in the browser in which you worked. They open your line and your labs here too.',
  'signIn.go': 'Come in',
  'signIn.going': 'Opening …',
} as const;

export const sv: Record<keyof typeof en, string> = {
  'contact.bars': 'Meddelanden',
  'contact.offline': 'Du är inte uppkopplad.',
  'contact.silent': 'Ingen kontakt med servern.',
  'contact.meanwhile':
    'Sidan försöker igen av sig själv. Fortsätt skriva: svaren ligger kvar i den här webbläsaren och skickas sedan.',
  'contact.back': 'Kontakten är tillbaka.',
  'contact.outdated': 'Verkstad har förnyats medan den här sidan var öppen.',
  'contact.outdatedHint': 'Ladda om för att fortsätta med den nya versionen. Dina svar finns kvar.',
  'contact.reload': 'Ladda om',
  'contact.oldPart': 'Den här delen av sidan är äldre än servern och går inte längre att hämta.',
  'contact.oldPartHint': 'Ladda om sidan. Dina svar finns kvar.',
  'contact.moved': 'Din lina är en annan nu.',
  'contact.movedHint':
    'Den byttes i en annan flik eller på en annan enhet, eller så togs den gamla bort. Det du har svarat finns kvar i labben.',
  'contact.toRecord': 'Gå till dina resultat',
  'contact.unattended': 'Din lina står stilla: ingen har använt den på två timmar.',
  'contact.unattendedHint': 'Den går vidare där den stod.',
  'contact.wake': 'Väck linan',
  'signIn.out': 'Du är utloggad i den här webbläsaren',
  'signIn.outText':
    'Servern känner inte längre igen den här webbläsaren. Kom in igen med användarnamn och nyckel. Svar som inte hann skickas finns kvar här och skickas då.',
  'signIn.title': 'Jag har varit här förut',
  'signIn.text':
    'Användarnamn och nyckel står under ”Anslut egna verktyg” i webbläsaren där du arbetade. De öppnar din lina och dina labbar även här.',
  'signIn.go': 'Kom in',
  'signIn.going': 'Öppnar …',
};
