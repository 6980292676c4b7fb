import { addWords } from '../../i18n/words.ts';
import { en, sv } from '../../i18n/words/alarms.ts';

addWords({ en, sv });
