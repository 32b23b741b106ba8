"""Every layout a feed may be delivered in, by the name that `create_feed --connector` takes."""

from collections.abc import Mapping

from directory.connectors.contract import Connector
from directory.connectors.organogram import OrganogramConnector
from directory.connectors.table import TableConnector

CONNECTORS: Mapping[str, Connector] = {
    connector.name: connector for connector in (TableConnector(), OrganogramConnector())
}
