/** The configuration pane. */
export const en = {
  'tabs.configuration': 'Configuration',
  'config.search': 'Search settings',
  'config.searchExample': 'speed, ST04, window …',
  'config.changedOnly': 'Only changed settings',
  'config.lead':
    'You may set all of this, from here or with your own tools, as far as the security posture of the line lets them. Every change is a command in the log, with the same rules on every interface.',
  'config.none': 'No setting matches the search.',
  'config.count': '{count}',
  'config.changedCount': '{count} changed',
  'config.usually': '(default {value})',
  'config.changed': 'Last set {when} by {who} over {door}',
  'config.you': 'you',
  'config.new': 'New value of {name}',
  'config.back': 'Restore',
  'config.openPane': 'Open {pane}',
  'config.commands': 'Set up by command',
} as const;

export const sv: Record<keyof typeof en, string> = {
  'tabs.configuration': 'Konfiguration',
  'config.search': 'Sök inställningar',
  'config.searchExample': 'hastighet, ST04, fönster …',
  'config.changedOnly': 'Bara ändrade inställningar',
  'config.lead':
    'Allt det här får du ställa in, härifrån eller med egna verktyg så långt linans säkerhetsnivå tillåter. Varje ändring blir ett kommando i loggen, med samma regler i alla gränssnitt.',
  'config.none': 'Ingen inställning matchar sökningen.',
  'config.count': '{count}',
  'config.changedCount': '{count} ändrade',
  'config.usually': '(förval {value})',
  'config.changed': 'Senast satt {when} av {who} via {door}',
  'config.you': 'dig',
  'config.new': 'Nytt värde för {name}',
  'config.back': 'Återställ',
  'config.openPane': 'Öppna {pane}',
  'config.commands': 'Ställs in med kommando',
};
