"""The stand-in provider's own site (`manage.py sandbox_provider`); never served by the product."""

from django.urls import URLPattern, URLResolver, path

from foundation.sandbox import api, control_views, letters, pages, push_service, signage
from foundation.sandbox.networks import bluesky, force, mastodon, partner
from foundation.sandbox.networks import pages as networks

_XRPC = "bluesky/xrpc/com.atproto"
_ACCOUNT = "2010-04-01/Accounts/<str:account_sid>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_ACCOUNT}/Messages.json", api.messages),
    path(f"{_ACCOUNT}/Messages/<str:sid>.json", api.message),
    path("control/health", control_views.health),
    path("control/reset", control_views.reset),
    path("control/faults", control_views.faults),
    path("control/phones", control_views.phones),
    path("control/replies", control_views.replies),
    path("control/texts", control_views.texts),
    path("control/counts", control_views.counts),
    path("control/mails", control_views.mails),
    path("control/posts", control_views.posts),
    path("control/browsers", control_views.browsers),
    path("control/pushes", control_views.pushes),
    path("", pages.phones, name="phones"),
    path("live", pages.phones_live, name="phones_live"),
    path("phones/<int:pk>/", pages.phone, name="phone"),
    path("phones/<int:pk>/live", pages.phone_live, name="phone_live"),
    path("phones/<int:pk>/says", pages.phone_says, name="phone_says"),
    path("phones/<int:pk>/switch", pages.phone_switch, name="phone_switch"),
    path("faults/", pages.faults, name="faults"),
    path("faults/<int:pk>/mend", pages.mend, name="mend"),
    path("forget/", pages.forget, name="forget"),
    path("numbers/", pages.magic, name="magic"),
    path("mail/", pages.mails, name="mails"),
    path("mail/write/", letters.write, name="letter"),
    path("mail/<int:pk>/", pages.mail, name="mail"),
    path("mail/<int:pk>/reply/", letters.write, name="letter_reply"),
    path("mail/pictures/<int:pk>", pages.mail_picture, name="mail_picture"),
    path("networks/", networks.networks, name="networks"),
    path("players/", signage.players, name="players"),
    path("players/live", signage.players_live, name="players_live"),
    path("players/<int:pk>/<str:switch>", signage.turn, name="player_turn"),
    path("players/pictures/<int:pk>", signage.picture, name="player_picture"),
    path("networks/live", networks.networks_live, name="networks_live"),
    path("networks/pictures/<int:pk>", networks.picture, name="network_picture"),
    path("browsers/", push_service.page, name="browsers"),
    path("browsers/live", push_service.live, name="browsers_live"),
    path("browsers/<int:pk>/turn", push_service.turn, name="browser_turn"),
    path("push/<slug:name>", push_service.push),
    path("mastodon/api/v2/media", mastodon.media),
    path("mastodon/api/v1/statuses", mastodon.statuses),
    path("mastodon/api/v1/statuses/<str:key>", mastodon.status),
    path("mastodon/api/v1/accounts/verify_credentials", mastodon.me),
    path("mastodon/api/v1/accounts/<str:account>/statuses", mastodon.of_account),
    path(f"{_XRPC}.server.createSession", bluesky.create_session),
    path(f"{_XRPC}.repo.uploadBlob", bluesky.upload_blob),
    path(f"{_XRPC}.repo.putRecord", bluesky.put_record),
    path(f"{_XRPC}.repo.deleteRecord", bluesky.delete_record),
    path(f"{_XRPC}.repo.getRecord", bluesky.get_record),
    path("forces/", force.forces, name="forces"),
    path("forces/<int:pk>/turn", force.turn, name="force_turn"),
    path("forces/<slug:account>/appeals.atom", force.feed),
    path("partner/<str:account>/hook", partner.hook),
    path("partner/<str:account>/<str:key>", partner.page),
]
