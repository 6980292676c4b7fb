import type { CellView, ParameterView } from '#contract/cell-view.ts';

/** One command as it is typed into a tool. */
export interface ToolLine {
  readonly door: string;
  readonly text: string;
}

interface Order {
  /** `Rules.Define`, `ST03.Program.Feed` */
  readonly target: string;
  readonly value: unknown;
  /** Set if the target is a parameter: OPC UA then writes a variable instead of calling a method. */
  readonly parameter?: ParameterView | undefined;
}

interface Place {
  readonly cell: CellView;
  /** User name at all doors. */
  readonly user: string;
  /** `https://verkstad.example` */
  readonly origin: string;
}

/** Stands for the participant's key, which is never printed. */
const KEY = '$VERKSTAD_KEY';

/** The same order over each door, with the participant's own addresses and name. */
export function toolLines({ target, value, parameter }: Order, { cell, user, origin }: Place): ToolLine[] {
  const { opcua, mqtt, topicPrefix } = cell;
  const node = `nsu=${opcua.namespaceUri};s=${target}`;
  const command = cell.stations.flatMap(({ commands }) => commands).find(({ path }) => path === target);
  const { typed, type } = asOpcUa(value, parameter, command?.wants?.kind === 'choice');
  const topic = `${topicPrefix}/cmd/${target.replaceAll('.', '/')}`;
  const http = quoted(JSON.stringify({ id: 'my-1', target, value }));
  const owner = `nsu=${opcua.namespaceUri};s=${target.slice(0, target.lastIndexOf('.'))}`;
  const url = opcua.endpointUrl;
  const argument = `ua.Variant(${python(typed)}, ua.VariantType.${type})`;
  const given = value === undefined ? '' : `, ${argument}`;
  return [
    {
      door: 'HTTP (curl)',
      text: `curl -u ${user}:"${KEY}" -H 'content-type: application/json' -d ${http} ${origin}/api/cells/${cell.id}/commands`,
    },
    {
      door: 'OPC UA (Python asyncua)',
      text: [
        ...['import asyncio, os', 'from asyncua import Client, ua', '', 'async def main():'],
        `    client = Client("${url}")`,
        `    client.set_user("${user}"); client.set_password(os.environ["VERKSTAD_KEY"])`,
        '    async with client:',
        `        ns = await client.get_namespace_index("${opcua.namespaceUri}")`,
        parameter
          ? `        await client.get_node(f"ns={ns};s=${target}").write_value(${argument})`
          : `        await client.get_node(f"ns={ns};s=${owner.split(';s=')[1]}").call_method(f"ns={ns};s=${target}"${given})`,
        ...['', 'asyncio.run(main())'],
      ].join('\n'),
    },
    {
      door: parameter ? 'OPC UA (Write)' : 'OPC UA (Call)',
      text: parameter
        ? `${node}\nValue: ${type} ${String(typed)}`
        : `Object ${owner}\nMethod ${node}${value === undefined ? '' : `\nInput: ${type} ${String(typed)}`}`,
    },
    {
      door: 'MQTT (mosquitto_pub)',
      text: `mosquitto_pub -h ${mqtt.host} -p ${mqtt.port} -u ${user} -P "${KEY}" -q 1 -t '${topic}' -m ${quoted(JSON.stringify({ id: 'my-1', value }))}`,
    },
  ];
}

/** In single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const python = (value: unknown): string => JSON.stringify(value) ?? 'None';

/** A value as methods and variables of the line take it: objects as JSON text, choices by their place. */
function asOpcUa(
  value: unknown,
  parameter: ParameterView | undefined,
  isChoice: boolean,
): { readonly typed: unknown; readonly type: string } {
  if (parameter?.type === 'choice') return { typed: parameter.choices?.indexOf(String(value)) ?? 0, type: 'Int32' };
  if (parameter) return { typed: value, type: parameter.type === 'count' ? 'UInt32' : 'Double' };
  if (typeof value === 'number' && isChoice) return { typed: value, type: 'Int32' };
  if (typeof value === 'number') return { typed: value, type: Number.isInteger(value) ? 'UInt32' : 'Double' };
  return { typed: typeof value === 'object' ? JSON.stringify(value) : value, type: 'String' };
}
