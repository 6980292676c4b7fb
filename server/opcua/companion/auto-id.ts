import { fixed, follows, type Instance } from './instance.ts';
import type { Machine } from './instances.ts';
import { manufacturer, Packml, serialNumber } from './machinery.ts';
import { AUTO_ID, DI } from './nodesets.ts';

/** DeviceStatusEnumeration of OPC 30010, 9.2.5. */
const [IDLE, ERROR, SCANNING] = [0, 1, 2];

/** OPC 30010: what is mandatory of the reader that knows the carriers of a conveyor, in the DeviceSet. */
export const rfidReader = ({ id }: Machine): Instance[] => [
  {
    id: `${id}.RfidReader`,
    ...{ type: [AUTO_ID, 'RfidReaderDeviceType'], parent: id, needs: `${id}.State.Current` },
    name: { en: 'RFID reader', sv: 'RFID-läsare' },
    entries: [[DI, 'DeviceSet', 'HasComponent']],
    members: {
      AutoIdModelVersion: fixed('1.01'),
      DeviceName: fixed(`${id} RFID`),
      DeviceStatus: follows(`${id}.State.Current`, (value) => {
        if (value === Packml.Aborting || value === Packml.Aborted) return ERROR;
        return value === Packml.Execute ? SCANNING : IDLE;
      }),
      Manufacturer: manufacturer,
      Model: fixed({ locale: 'en', text: 'Carrier reader' }),
      HardwareRevision: fixed('1'),
      SoftwareRevision: fixed('1.0.0'),
      DeviceRevision: fixed('1'),
      DeviceManual: fixed(''),
      SerialNumber: fixed(serialNumber(`${id}-RFID`)),
      RevisionCounter: fixed(-1),
    },
  },
];
