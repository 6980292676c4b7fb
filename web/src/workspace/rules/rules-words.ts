import { addWords } from '../../i18n/words.ts';
import { en, sv } from '../../i18n/words/rules.ts';

addWords({ en, sv });
