import { addWords } from '../../i18n/words.ts';
import { en, sv } from '../../i18n/words/opcua.ts';

addWords({ en, sv });
