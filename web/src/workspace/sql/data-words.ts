import { addWords } from '../../i18n/words.ts';
import * as data from '../../i18n/words/data.ts';

addWords(data);
