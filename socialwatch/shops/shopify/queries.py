"""What we ask Shopify, as GraphQL (version 2026-10 of the Admin API); a shop's own metafields are asked by alias."""

from collections.abc import Iterable

from socialwatch.shops.shopify.keys import Place, Settings

LINES = 10  # of an order at once; more are fetched by themselves
MORE_LINES = 100

_PLACE = """
fragment Place on MailingAddress { name address1 address2 zip city countryCodeV2 phone }
"""
_LINE = """
fragment Line on LineItem {
  title variantTitle sku quantity
  originalUnitPriceSet { presentmentMoney { amount } }
  customAttributes { key value }
}
"""
_RETURNS = """
  returns(first: 3) {
    nodes {
      createdAt status decline { reason note }
      returnLineItems(first: 5) {
        nodes {
          customerNote returnReasonNote returnReasonDefinition { name }
          ... on ReturnLineItem { fulfillmentLineItem { lineItem { title } } }
        }
      }
    }
  }"""


def buyer(settings: Settings) -> str:
    """The fragment Buyer: a customer."""
    own = _metafields("handle", settings.handles.items())
    return f"""
fragment Buyer on Customer {{
  id firstName lastName displayName locale createdAt
  defaultEmailAddress {{ emailAddress }} defaultPhoneNumber {{ phoneNumber }} defaultAddress {{ ...Place }} {own}
}}{_PLACE}"""


def bought(settings: Settings, *, returns: bool) -> str:
    """The fragment Bought: an order. `returns` need a right of their own, and change from version to version."""
    names = ("gift_wrap", "card_text", "wished_date")
    asked = ((name, getattr(settings, name)) for name in names)
    own = _metafields("own", ((name, place) for name, place in asked if place is not None))
    return f"""
fragment Bought on Order {{
  id name createdAt cancelledAt displayFulfillmentStatus returnStatus taxesIncluded email phone
  customAttributes {{ key value }}
  totalPriceSet {{ presentmentMoney {{ amount currencyCode }} }}
  shippingAddress {{ ...Place }} billingAddress {{ ...Place }}
  lineItems(first: {LINES}) {{ nodes {{ ...Line }} pageInfo {{ hasNextPage endCursor }} }}
  fulfillments(first: 5) {{
    createdAt inTransitAt deliveredAt status displayStatus trackingInfo(first: 3) {{ company number url }}
  }}
  refunds(first: 5) {{ createdAt note totalRefundedSet {{ presentmentMoney {{ amount }} }} }}
  {_RETURNS if returns else ""} {own}
}}{_LINE}"""


def customers(settings: Settings) -> str:
    return f"""query Customers($query: String!, $first: Int!) {{
  customers(first: $first, query: $query) {{ nodes {{ ...Buyer }} }}
}}{buyer(settings)}"""


def owners(settings: Settings) -> str:
    """Whose orders these are; newest first."""
    return f"""query Owners($query: String!, $first: Int!) {{
  orders(first: $first, query: $query, sortKey: CREATED_AT, reverse: true) {{
    nodes {{
      id name email phone createdAt customer {{ ...Buyer }}
      billingAddress {{ ...Place }} shippingAddress {{ ...Place }}
    }}
  }}
}}{buyer(settings)}"""


def changed(settings: Settings) -> str:
    """A page of orders by what they have, the last changed first, with what was filled in at the checkout."""
    return f"""query Changed($query: String!, $first: Int!, $after: String) {{
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT, reverse: true) {{
    nodes {{
      id name email phone createdAt customAttributes {{ key value }} customer {{ ...Buyer }}
      billingAddress {{ ...Place }} shippingAddress {{ ...Place }}
    }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}{buyer(settings)}"""


def file(settings: Settings, *, returns: bool) -> str:
    """A customer with a page of orders, newest first."""
    return f"""query File($id: ID!, $first: Int!, $after: String) {{
  customer(id: $id) {{
    ...Buyer
    orders(first: $first, after: $after, sortKey: CREATED_AT, reverse: true) {{
      nodes {{ ...Bought }} pageInfo {{ hasNextPage endCursor }}
    }}
  }}
}}{buyer(settings)}{bought(settings, returns=returns)}"""


def guest_orders(settings: Settings, *, returns: bool) -> str:
    """A page of orders without a customer, by what they have; newest first."""
    return f"""query GuestOrders($query: String!, $first: Int!, $after: String) {{
  orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT, reverse: true) {{
    nodes {{ customer {{ id }} ...Bought }} pageInfo {{ hasNextPage endCursor }}
  }}
}}{_PLACE}{bought(settings, returns=returns)}"""


MORE = f"""query MoreLines($id: ID!, $after: String) {{
  order(id: $id) {{
    lineItems(first: {MORE_LINES}, after: $after) {{ nodes {{ ...Line }} pageInfo {{ hasNextPage endCursor }} }}
  }}
}}{_LINE}"""

RIGHTS = "query Rights { shop { name } currentAppInstallation { accessScopes { handle } } }"

MADE_OF = """query MadeOf($query: String!) {
  orders(first: 3, query: $query) {
    nodes {
      id name email currencyCode presentmentCurrencyCode
      customer { id }
      shippingAddress {
        firstName lastName company address1 address2 zip city provinceCode countryCodeV2 phone
      }
      lineItems(first: 50) { nodes { title name sku variant { id } } }
      refunds(first: 30) { id note }
      suggestedRefund(suggestFullRefund: true) {
        maximumRefundableSet { presentmentMoney { amount } }
        suggestedTransactions { gateway parentTransaction { id } amountSet { presentmentMoney { amount } } }
      }
    }
  }
}"""

VARIANTS = """query Variants($query: String!) {
  productVariants(first: 10, query: $query) { nodes { id sku } }
}"""

REFUND = """mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}"""

REPLACE = """mutation Replace($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
  orderCreate(order: $order, options: $options) { order { id name } userErrors { field message } }
}"""

TAGGED = """query Tagged($query: String!) {
  orders(first: 10, query: $query) { nodes { id name customAttributes { key value } } }
}"""

NEWEST = """query Newest($id: ID!) {
  customer(id: $id) {
    orders(first: 20, sortKey: CREATED_AT, reverse: true) { nodes { id name customAttributes { key value } } }
  }
}"""


def _metafields(start: str, places: Iterable[tuple[str, Place]]) -> str:
    return " ".join(
        f'{start}_{name}: metafield(namespace: "{place.namespace}", key: "{place.key}") {{ value }}'
        for name, place in places
        if place.namespace
    )
