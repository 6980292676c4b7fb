import { addWords } from '../../i18n/words.ts';
import * as whatIf from '../../i18n/words/what-if.ts';

addWords(whatIf);
