import type { CellView } from '#contract/cell-view.ts';
import type { Me } from '#contract/participant.ts';
import { useCallback } from 'react';
import { call } from '../live/api.ts';
import { useAsk } from '../live/use-ask.ts';

export interface Addresses {
  /** User name, or a sample of one. */
  readonly me: string;
  readonly opcuaUrl: string;
  readonly opcuaHost: string;
  readonly opcuaPort: string;
  readonly mqttHost: string;
  readonly mqttPort: string;
  readonly topics: string;
}

/** Where the tools of whoever is signed in find their line; the usual ports for anyone else. */
export function useAddresses(me: Me | null | undefined): Addresses {
  const cell = me?.cell;
  const { answer } = useAsk(
    useCallback(
      async (signal: AbortSignal): Promise<CellView | undefined> =>
        cell === undefined ? undefined : call('cell', { params: { cell }, signal }),
      [cell],
    ),
  );
  const { hostname } = location;
  const opcuaUrl = answer?.opcua.endpointUrl ?? `opc.tcp://${hostname}:4840`;
  const [, opcuaHost = hostname, opcuaPort = '4840'] = /^opc\.tcp:\/\/(.+?):(\d+)/.exec(opcuaUrl) ?? [];
  return {
    me: me?.id ?? 'p-xxxxxx',
    ...{ opcuaUrl, opcuaHost, opcuaPort },
    mqttHost: answer?.mqtt.host ?? hostname,
    mqttPort: String(answer?.mqtt.port ?? 1883),
    topics: answer?.topicPrefix ?? 'nordpump/halmstad/pumps/line1',
  };
}

/** The key is left out: what stands on a screen or in a history of commands may be seen by others. */
export const connectLine = (me: string): string => `npx verkstad connect ${location.origin} --user ${me} --key '…'`;
