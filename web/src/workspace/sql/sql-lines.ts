import type { SqlRequest } from '#contract/sql.ts';
import type { ToolLine } from '../tool-lines.ts';

interface Place {
  readonly cell: string;
  readonly user: string;
  /** `https://verkstad.example` */
  readonly origin: string;
}

/** The same query from a shell, pandas and MATLAB. The key stands in the environment and is never printed. */
export function sqlLines(request: SqlRequest, { cell, user, origin }: Place): ToolLine[] {
  const url = `${origin}/api/cells/${cell}/sql?format=csv`;
  const body = JSON.stringify(request);
  const { sql, ...rest } = request;
  const more = Object.entries(rest).map(([name, value]) => `, "${name}": ${JSON.stringify(value)}`);
  return [
    {
      door: 'curl',
      text: `curl -u ${user}:"$VERKSTAD_KEY" -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}' '${url}'`,
    },
    {
      door: 'Python (pandas)',
      text: [
        ...['import io, os, pandas as pd, requests', '', `sql = ${JSON.stringify(sql)}`],
        `answer = requests.post("${url}", json={"sql": sql${more.join('')}},`,
        `    auth=("${user}", os.environ["VERKSTAD_KEY"]))`,
        ...['answer.raise_for_status()', 'table = pd.read_csv(io.StringIO(answer.text))'],
      ].join('\n'),
    },
    {
      door: 'MATLAB',
      text: [
        `options = weboptions(Username="${user}", Password=getenv("VERKSTAD_KEY"), MediaType="application/json", ContentType="table");`,
        `request = jsondecode('${body.replaceAll("'", "''")}');`,
        `data = webwrite("${url}", request, options);`,
      ].join('\n'),
    },
  ];
}
