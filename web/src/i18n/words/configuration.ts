/** The configuration pane. */
export const en = {
  'tabs.configuration': 'Configuration',
  'config.search': 'Search settings',
  'config.searchExample': 'speed, ST04, window …',
  'config.changedOnly': 'Only what differs from usual',
  'config.lead':
    'You may set all of this, from here or with your own tools, as far as the security posture of the line lets them. Every change is a command in the log, with the same rules at every door.',
  'config.none': 'No setting is called so.',
  'config.count': '{count}',
  'config.changedCount': '{count} changed',
  'config.usually': '(usually {value})',
  'config.changed': 'Last set {when} by {who} over {door}',
  'config.you': 'you',
  'config.new': 'New value of {name}',
  'config.back': 'As usual',
  'config.openPane': 'Open {pane}',
  'config.commands': 'Set up by command',
} as const;

export const sv: Record<keyof typeof en, string> = {
  'tabs.configuration': 'Inställningar',
  'config.search': 'Sök inställningar',
  'config.searchExample': 'hastighet, ST04, fönster …',
  'config.changedOnly': 'Bara det som avviker från det vanliga',
  'config.lead':
    'Allt det här får du ställa in, härifrån eller med egna verktyg, så långt linans säkerhetsläge tillåter dem. Varje ändring är ett kommando i loggen, med samma regler vid varje dörr.',
  'config.none': 'Ingen inställning heter så.',
  'config.count': '{count}',
  'config.changedCount': '{count} ändrade',
  'config.usually': '(vanligen {value})',
  'config.changed': 'Senast satt {when} av {who} via {door}',
  'config.you': 'dig',
  'config.new': 'Nytt värde för {name}',
  'config.back': 'Som vanligt',
  'config.openPane': 'Öppna {pane}',
  'config.commands': 'Ställs in med kommando',
};
