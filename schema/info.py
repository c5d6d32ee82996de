"""What resolvers get to know of the operation they are part of."""

import strawberry

from resolvers.operation import Operation

Info = strawberry.Info[Operation, None]
