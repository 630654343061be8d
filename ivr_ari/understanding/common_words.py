"""
Words of everyday requests that are hardly ever a name, for telling names in the middle of a sentence.

Words that are common surnames ("young", "king", "page") are left out on purpose.
"""

from __future__ import annotations

from .words import listed

__all__ = ["COMMON"]

_VERBS = listed(
    "accept access activate add alter answer apply arrange arrive ask authorise authorize block book"
    " bought bring buy calculate call called calling cancel cancelled cancelling change changed changing"
    " charge charged check checked checking choose claim close closed come coming complain complete"
    " confirm confirmed confirming connect contact continue correct create deactivate declined delay"
    " delete deliver delivered deposit did disable dispute do doing done double dropped enable end ended"
    " enjoy enter exchange expect expected expire expired explain extend fail failed fill find finish fix"
    " forget forgot forward found freeze gave get getting give given go goes going gone gonna got guess"
    " had happen happened has have having hear heard help helped hold hope hoping increase inform issue"
    " join keep kept kind knew know known leave leaving left let list listen live lock locked look looking"
    " lose lost love made make makes making manage mean meant meet mention miss missed missing modify move"
    " moved moving need needed notice offer open opened opening order ordered owe paid park pay paying"
    " pick place placed plan play please postpone prefer prepare process processed provide purchase"
    " purchased push put raise read receive received redirect reduce refund refunded register reject"
    " rejected remember remind remove rename renew rent repair repeat replace report request requested"
    " reschedule resend reserve reserved reset resolve return returned revert review run said save saw say"
    " saying schedule see seem seems sell send sending sent serve set setting settle share shift show sign"
    " skip speak spend spent start started starting stay staying steal still stole stolen stop stopped"
    " submit switch take taken taking talk tell text thank thanks think thought took top track transfer"
    " transferred transferring travel travelling tried try trying turn understand unlock update upgrade"
    " use used using verify visit wait waiting wanna want wanted wants was watch were withdraw withdrew"
    " wonder wondering work worked working works worry"
)
_NOUNS = listed(
    "account accounts acupuncture address adult adults advance afternoon agreement airport amount answer"
    " app application appointment appointments area baby bag balance bank bath bathroom bed beds bill"
    " billing birthday booking bookings box branch breakfast brother building business card cards cash"
    " charge charges cheque child children city class clinic code colleague company complaint confirmation"
    " contract copy cost credit customer dad daughter day days dealer debit delivery dentist department"
    " deposit details diet dinner direct discount doctor dollar dollars door email emails error euro euros"
    " evening event exam family fee fees flight flights floor food form fridays friend front gift"
    " girlfriend group guest guests gym hair half herself himself holiday home hotel hour hours house"
    " husband idea income info information insurance interest invoice item items itself job kid kids"
    " kitchen landlord last letter limit list loan location lot lunch mail main manager massage meal"
    " meeting message midday minute minutes mom money month months morning mortgage mother mum myself name"
    " names night nights nobody noon number numbers offer office one ones operator option options order"
    " orders overdraft package parcel parking partner party password past patient payment payments payroll"
    " people person persons phone pin plan point policy pool post pound pounds prescription price problem"
    " product provider question reason receipt reception record referral refund rent reservation"
    " reservations restaurant result results room rooms salary savings seat secretary service shop shower"
    " sister site slot some somebody someone something son spa standing statement stay store street"
    " subscription suite support system table tax taxi test themselves thing things ticket tickets time"
    " times today tomorrow tonight total town transaction transactions transfer transfers trip tv uber"
    " utility visa wallet way website wedding week weekend weeks wife wifi work year years yesterday"
    " yourself"
)
_OTHERS = listed(
    "a able about above abroad across actual actually additional after again ago ahead all almost alone"
    " along already also although always an and another any anybody anymore anyone anything anytime anyway"
    " apparently are around as asap at available away back bad because been before behind being below"
    " beside best better between beyond big both but by can cannot cheap clear contactless could couple"
    " current currently definitely different difficult digital due during each earlier early easy eight"
    " eighteen eighty either else enough even ever every everybody everyone everything exact exactly"
    " existing extra fast few fewer fifth final finally fine first five for forty four free from full"
    " further good great hardly he heads hello her here hers hey hi high higher him his how however huge"
    " hundred i if immediately in indeed instead international into is it its just kindly large largest"
    " late lately later latest least less like likely little local long low lower many may maybe me might"
    " mine monthly more most much must my near nearly never new next nine no none nor normal not nothing"
    " now of off often okay old on once online only onto or other our ours out outside over own pending"
    " per perhaps personal please possible previous quick quickly quite rather ready real really recent"
    " recently regular right same second seven several shall she short should since single six small so"
    " somehow soon sooner sorry straightaway such sure ten than that the their them then there these they"
    " this those though thousand three through thus till to together too toward towards twelve twenty"
    " twice two under unless until up upon urgent urgently us usual usually very via we well what whatever"
    " when whenever where whether which while who whole whom whose why wireless with within without wrong"
    " yeah yes yet you your yours"
)
COMMON = frozenset((*_VERBS, *_NOUNS, *_OTHERS))
