import { addWords } from '../../i18n/words.ts';
import { en, sv } from '../../i18n/words/what-if.ts';

addWords({ en, sv });
